import { DURATION_US_MAX } from '../protocol/limits.js'

/** Whole microseconds since `startedAt`, a reading of `performance.now()`: a clock that no correction of the time of day moves. */
export function elapsedUs(startedAt: number): number {
  return Math.min(Math.round((performance.now() - startedAt) * 1000), DURATION_US_MAX)
}
