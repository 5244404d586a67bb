import { DAY_MS } from '../time.js'

/** Since when ticks are certainly there, in Unix milliseconds: partitions of whole UTC days before it may be dropped. */
export function keptSince(now: number, tickRetentionDays: number): number {
  return (Math.floor(now / DAY_MS) - tickRetentionDays) * DAY_MS
}
