/** What the demo shows, as the hub's API tells it. */
export interface NetworkView {
  /** How many rounds have ended. */
  roundCount: number
  /** The instant of the last that has; null before the first. */
  roundAt: string | null
  websites: readonly WebsiteView[]
  validators: readonly ValidatorView[]
}

export interface WebsiteView {
  name: string
  status: 'Good' | 'Bad' | null
  ratio: number | null
  medianUs: number | null
  /** What the validators said in the last round. */
  answers: readonly AnswerView[]
}

export interface AnswerView {
  roundAt: string
  status: 'Good' | 'Bad'
  failure: string | null
  httpStatus: number | null
  validator: { id: string }
}

export interface ValidatorView {
  label: string
  region: string
  answerCount: number
  lamports: string
}
