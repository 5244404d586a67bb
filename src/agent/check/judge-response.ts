import type { Check } from '../../protocol/check.js'
import { parseStatuses, statusMatches } from '../../protocol/statuses.js'
import { failed } from './failed.js'
import type { Failed } from './failed.js'

/** An answer as far as it came. */
export interface ResponseSeen {
  httpStatus: number
  body: { kind: 'READ' } | { kind: 'CUT'; detail: string } | { kind: 'TIMED_OUT' }
  keywordFound: boolean
  /** Of the whole check; `null` unless the body was read. */
  latencyUs: number | null
}

/** Why an answer is not good enough, by what comes first in the order of the exchange (PROTOCOL §4); `null` if it is. */
export function judgeResponse(check: Check, answer: ResponseSeen): Failed | null {
  if (!statusMatches(parseStatuses(check.statuses) ?? [], answer.httpStatus)) return failed('STATUS', null)
  // Seen on the way, so before whatever became of the rest.
  if (check.keywordMust === 'ABSENT' && answer.keywordFound) return failed('ASSERTION', 'KEYWORD_PRESENT')
  if (answer.body.kind === 'CUT') return failed('PROTOCOL', answer.body.detail)
  if (answer.body.kind === 'TIMED_OUT') return failed('TIMEOUT', 'IN_BODY')
  if (check.keywordMust === 'PRESENT' && !answer.keywordFound) return failed('ASSERTION', 'KEYWORD_MISSING')
  const isSlow = check.maxLatencyMs !== null && (answer.latencyUs ?? 0) > check.maxLatencyMs * 1000
  return isSlow ? failed('ASSERTION', 'LATENCY') : null
}
