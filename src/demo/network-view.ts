export interface NetworkView {
  /** Rounds that have ended. */
  roundCount: number
  /** Of the last ended round; null before the first. */
  roundAt: string | null
  websites: readonly WebsiteView[]
  validators: readonly ValidatorView[]
}

export interface WebsiteView {
  name: string
  status: 'Good' | 'Bad' | null
  ratio: number | null
  medianUs: number | null
  /** Of the last round. */
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
