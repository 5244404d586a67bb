import { DAY_MS } from '../time.js'

const SPAN_MAX_MS = DAY_MS

export interface VerdictSpan {
  startsAfterMs: number
  lastsMs: number
}

/** To the website's next turn, a day at most, and never time of an earlier verdict. Instants are Unix milliseconds. */
export function verdictSpan(
  { roundAt, intervalMs }: { roundAt: number; intervalMs: number },
  everyRounds: number,
  coveredUntil: number | null,
): VerdictSpan {
  const lengthMs = Math.min(intervalMs * everyRounds, SPAN_MAX_MS)
  const startsAfterMs = Math.min(Math.max(0, (coveredUntil ?? roundAt) - roundAt), lengthMs)
  return { startsAfterMs, lastsMs: lengthMs - startsAfterMs }
}
