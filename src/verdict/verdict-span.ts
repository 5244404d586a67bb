import { DAY_MS } from '../time.js'

/** No verdict stands for longer: a website that is asked for more rarely is unknown in between. */
const SPAN_MAX_MS = DAY_MS

/** The time that a verdict stands for, from so long after its round's instant on. */
export interface VerdictSpan {
  startsAfterMs: number
  lastsMs: number
}

/**
 * A verdict stands until the website's next turn, at most a day, and never for time that an earlier verdict of the same
 * website stands for already: a round out of turn adds only what it adds.
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
