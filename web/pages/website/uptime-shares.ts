import type { UptimeFigures } from './page-data'

export type TimeKind = 'good' | 'bad' | 'inconclusive' | 'missing' | 'maintenance' | 'disabled'

export interface Share {
  kind: TimeKind
  ms: number
}

/** The kinds of time of a window, which add up to its length; those that there were none of are left out. */
export function sharesOf(uptime: UptimeFigures): Share[] {
  const shares: Share[] = [
    { kind: 'good', ms: uptime.goodMs },
    { kind: 'bad', ms: uptime.badMs },
    { kind: 'inconclusive', ms: uptime.inconclusiveMs },
    { kind: 'missing', ms: uptime.missingMs },
    { kind: 'maintenance', ms: uptime.maintenanceMs },
    { kind: 'disabled', ms: uptime.disabledMs },
  ]
  return shares.filter(({ ms }) => ms > 0)
}

/** Of the time in which it was to be watched, the share of which nobody knows; null where there is none of it. */
export function unknownRatio({
  goodMs,
  badMs,
  inconclusiveMs,
  missingMs,
  maintenanceMs,
}: UptimeFigures): number | null {
  const watchedMs = goodMs + badMs + inconclusiveMs + missingMs + maintenanceMs
  return watchedMs === 0 ? null : (inconclusiveMs + missingMs) / watchedMs
}
