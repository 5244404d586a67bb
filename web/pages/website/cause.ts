import type { FailureClass } from '../../client/graphql'
import type { Texts } from '../../texts/en'

/** Why answers were Bad, as most of them say it. */
export interface Cause {
  failure: FailureClass
  detail: string | null
  httpStatus: number | null
}

interface Seen {
  verdict: { roundAt: string; failures: { failure: FailureClass }[] } | null
  badTicks: { edges: { node: { roundAt: string; failure: FailureClass | null } & Omit<Cause, 'failure'> }[] }
}

/** The newest round's most frequent failure, with the most frequent detail of those answers. */
export function causeOf({ verdict, badTicks }: Seen): Cause | null {
  const failure = verdict?.failures[0]?.failure
  if (verdict === null || failure === undefined) return null
  const counts = new Map<string, { cause: Cause; count: number }>()
  for (const { node } of badTicks.edges) {
    if (node.roundAt !== verdict.roundAt || node.failure !== failure) continue
    const cause = { failure, detail: node.detail, httpStatus: node.httpStatus }
    const key = JSON.stringify(cause)
    counts.set(key, { cause, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  const [most] = [...counts.values()].toSorted((one, other) => other.count - one.count)
  return most?.cause ?? { failure, detail: null, httpStatus: null }
}

/** In words where there are words for it; a code that is not known is shown as it came. */
export function causeText({ failure, detail, httpStatus }: Cause, t: Texts): string {
  const { details, failures } = t.website
  const known = detail === null ? undefined : details[detail]
  if (known !== undefined) return known
  if (failure === 'STATUS' && httpStatus !== null) return t.website.httpStatus(httpStatus)
  return detail === null ? failures[failure] : `${failures[failure]} (${detail})`
}
