import type { MaintenanceWindow } from '../generated/prisma/client.js'
import { DAY_MS } from '../time.js'

/** When a window is, as its owner said it; readings of the clock in `timeZone`. */
export type WindowTimes =
  /** From `startsAt` until `endsAt`, both `YYYY-MM-DDTHH:mm`. */
  | { kind: 'ONE_OFF'; timeZone: string; startsAt: string; endsAt: string }
  /** `weekdays` from 1 for Monday to 7 for Sunday, times `HH:mm`; an end that is not after the start is the next day's. */
  | { kind: 'WEEKLY'; timeZone: string; weekdays: readonly number[]; startTime: string; endTime: string }

export type WindowColumns = Pick<
  MaintenanceWindow,
  'kind' | 'timeZone' | 'startsAt' | 'endsAt' | 'weekdays' | 'startTime' | 'endTime'
>

export function timesOf(row: WindowColumns): WindowTimes {
  const { timeZone, startsAt, endsAt, weekdays, startTime, endTime } = row
  if (row.kind === 'ONE_OFF' && startsAt !== null && endsAt !== null) {
    return { kind: 'ONE_OFF', timeZone, startsAt, endsAt }
  }
  if (row.kind === 'WEEKLY' && startTime !== null && endTime !== null) {
    return { kind: 'WEEKLY', timeZone, weekdays, startTime, endTime }
  }
  throw new Error(`a maintenance window of the kind ${row.kind} lacks its times`)
}

export function columnsOf(times: WindowTimes): WindowColumns {
  const { kind, timeZone } = times
  const none = { startsAt: null, endsAt: null, weekdays: [], startTime: null, endTime: null }
  if (times.kind === 'ONE_OFF') return { ...none, kind, timeZone, startsAt: times.startsAt, endsAt: times.endsAt }
  const { weekdays, startTime, endTime } = times
  return { ...none, kind, timeZone, weekdays: [...weekdays], startTime, endTime }
}

/** Clocks differ from UTC by less than this, so the database can leave out most one-off windows by their spelling alone. */
export const READING_MARGIN_MS = 3 * DAY_MS

/** What a clock in UTC shows at an instant, spelt like `startsAt` and `endsAt`. */
export function minuteOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 16)
}
