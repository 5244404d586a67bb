import { DAY_MS } from '../time.js'

const SPAN_MAX_MS = DAY_MS

export interface VerdictSpan {
  startsAfterMs: number
  lastsMs: number
}

/**
 * A verdict stands until the website's next turn, at most a day, and never for time that an earlier one stands for.
 * @param coveredUntil Unix milliseconds, as `roundAt`; null before the first verdict.
 */
export function verdictSpan(
  { roundAt, intervalMs }: { roundAt: number; intervalMs: number },
  everyRounds: number,
  coveredUntil: number | null,
): VerdictSpan {
  const lengthMs = Math.min(intervalMs * everyRounds, SPAN_MAX_MS)
  const startsAfterMs = Math.min(Math.max(0, (coveredUntil ?? roundAt) - roundAt), lengthMs)
  return { startsAfterMs, lastsMs: lengthMs - startsAfterMs }
}
