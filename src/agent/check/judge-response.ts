import type { Check } from '../../protocol/check.js'
import { parseStatuses, statusMatches } from '../../protocol/statuses.js'
import { failed } from './failed.js'
import type { Failed } from './failed.js'
import type { KeywordSeen } from './read-keyword.js'

export interface ResponseSeen {
  httpStatus: number
  body: { kind: 'READ' } | { kind: 'CUT'; detail: string } | { kind: 'TIMED_OUT' }
  keyword: KeywordSeen
  /** `null` unless the body was read. */
  latencyUs: number | null
}

/** By what comes first in the order of the exchange (PROTOCOL §4); `null` for a good answer. */
export function judgeResponse(check: Check, answer: ResponseSeen): Failed | null {
  if (!statusMatches(parseStatuses(check.statuses) ?? [], answer.httpStatus)) return failed('STATUS', null)
  if (check.keywordMust === 'ABSENT' && answer.keyword === 'FOUND') return failed('ASSERTION', 'KEYWORD_PRESENT')
  if (answer.body.kind === 'CUT') return failed('PROTOCOL', answer.body.detail)
  if (answer.body.kind === 'TIMED_OUT') return failed('TIMEOUT', 'IN_BODY')
  if (check.keywordMust !== null && answer.keyword === 'UNREADABLE') return failed('ASSERTION', 'BODY_UNREADABLE')
  if (check.keywordMust === 'PRESENT' && answer.keyword === 'MISSING') return failed('ASSERTION', 'KEYWORD_MISSING')
  const isSlow = check.maxLatencyMs !== null && (answer.latencyUs ?? 0) > check.maxLatencyMs * 1000
  return isSlow ? failed('ASSERTION', 'LATENCY') : null
}
