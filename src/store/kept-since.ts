import { DAY_MS } from '../time.js'

/** Unix milliseconds since when all ticks are there: partitions of whole UTC days before it may have been dropped. */
export function keptSince(now: number, tickRetentionDays: number): number {
  return (Math.floor(now / DAY_MS) - tickRetentionDays) * DAY_MS
}
