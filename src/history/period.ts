import { DAY_MS, HOUR_MS } from '../time.js'

export const WINDOWS_MS = {
  LAST_HOUR: HOUR_MS,
  LAST_24_HOURS: DAY_MS,
  LAST_7_DAYS: 7 * DAY_MS,
  LAST_30_DAYS: 30 * DAY_MS,
  LAST_90_DAYS: 90 * DAY_MS,
  LAST_365_DAYS: 365 * DAY_MS,
} as const
export type WindowName = keyof typeof WINDOWS_MS

/** Which time is asked for: a window that ends now, or from one instant to another, in Unix milliseconds. */
export type Period = { window: WindowName } | { from: number; to: number }
