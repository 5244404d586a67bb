import type { Check } from '../../protocol/check.js'
import type { Measurement } from '../../protocol/tick.js'
import type { Strain } from './stall-watch.js'

/** Of the limit that a check broke: if the loop was late by more, its time is not judged. */
const LATE_SHARE_MAX = 0.1
/** A peer gives up a connection that nobody reads for as long, and what it then does is no fault of its own. */
const STALL_FROM_MS = 1000
/** How late its own timer may end a check: an answer may have waited meanwhile. */
const TIMER_LATE_MAX_MS = 100

export interface StallTerms {
  check: Pick<Check, 'maxLatencyMs'>
  timeoutMs: number
  elapsedMs: number
}

/** Codes of a connection that ended before the answer did. */
const CUT = new Set([
  'BODY_CUT',
  'ECONNABORTED',
  'ECONNRESET',
  'EPIPE',
  'HANDSHAKE_CUT',
  'HPE_INVALID_EOF_STATE',
  'NO_ANSWER',
])
/** Of the resolver, and of the kernel. */
const OUT_OF_TIME = new Set(['ETIMEOUT', 'ETIMEDOUT'])
/** The server's word for a request that came too slowly. */
const REQUEST_TIMEOUT = 408

/** Whether a check came to its end by the machine's own standstill; what it then found is not to be signed. */
export function isStalled(
  { status, failure, detail, httpStatus }: Pick<Measurement, 'status' | 'failure' | 'detail' | 'httpStatus'>,
  { check, timeoutMs, elapsedMs }: StallTerms,
  { lateMs, longestMs, lateAtEndMs, steppedMs }: Strain,
): boolean {
  if (status === 'Good') return false
  const stoodStill = longestMs >= STALL_FROM_MS || steppedMs >= STALL_FROM_MS
  if (failure === 'ASSERTION' && detail === 'LATENCY') {
    return stoodStill || lateMs > (check.maxLatencyMs ?? timeoutMs) * LATE_SHARE_MAX
  }
  if (failure === 'TIMEOUT') {
    return stoodStill || lateMs > timeoutMs * LATE_SHARE_MAX || lateAtEndMs > TIMER_LATE_MAX_MS
  }
  if (OUT_OF_TIME.has(detail ?? '')) return stoodStill || lateMs > Math.min(timeoutMs, elapsedMs) * LATE_SHARE_MAX
  const isCut = CUT.has(detail ?? '') || (failure === 'STATUS' && httpStatus === REQUEST_TIMEOUT)
  return isCut && stoodStill
}
