import { DAY_MS, MINUTE_MS } from '../time.js'

/** Rollups are kept by these, from the epoch on: they begin at :00, :15, :30 and :45 in UTC. */
export const QUARTER_MS = 15 * MINUTE_MS
/** The longest that one verdict stands for: a website is asked for once in so long, at least. */
export const VERDICT_LASTS_MAX_MS = DAY_MS

/** The last multiple of `spanMs` not after `instant`, both in Unix milliseconds. */
export function floorTo(instant: number, spanMs: number): number {
  return Math.floor(instant / spanMs) * spanMs
}

export function ceilTo(instant: number, spanMs: number): number {
  return Math.ceil(instant / spanMs) * spanMs
}

export function isOnEdge(instant: number, spanMs: number): boolean {
  return instant % spanMs === 0
}
