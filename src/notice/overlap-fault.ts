import { DAY_MS, SECOND_MS } from '../time.js'

export const OVERLAP_DEFAULT_S = DAY_MS / SECOND_MS
export const OVERLAP_MAX_S = (7 * DAY_MS) / SECOND_MS

/** One sentence; null for an overlap that is allowed. */
export function overlapFault(overlapS: number): string | null {
  if (Number.isInteger(overlapS) && overlapS >= 0 && overlapS <= OVERLAP_MAX_S) return null
  return `overlapS must be a whole number of seconds from 0 to ${OVERLAP_MAX_S}, and ${overlapS} was given.`
}
