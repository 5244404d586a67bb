/** What somebody said the hub's time is, between two instants of the steady clock. */
export interface HubReading {
  hubNow: number
  sentAt: number
  answeredAt: number
}

/** Between which two values the hub's time less the steady clock is, at an instant of that. */
export interface OffsetBounds {
  low: number
  high: number
  at: number
}

/** How far two clocks may drift apart, of the time between: ten times what ordinary ones do. */
const DRIFT = 500e-6
/** Hubs tell their time in whole milliseconds. */
const RESOLUTION_MS = 1

/** Readings that agree narrow each other down; one that does not means that a clock was set or stood still. */
export function narrowBounds(known: OffsetBounds | null, { hubNow, sentAt, answeredAt }: HubReading): OffsetBounds {
  const read = { low: hubNow - answeredAt, high: hubNow + RESOLUTION_MS - sentAt, at: answeredAt }
  if (known === null) return read
  const drift = (read.at - known.at) * DRIFT
  const low = Math.max(known.low - drift, read.low)
  const high = Math.min(known.high + drift, read.high)
  return low <= high ? { low, high, at: read.at } : read
}
