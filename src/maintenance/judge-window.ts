import type { MaintenanceKind } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import { nameFault } from '../graph/name-fault.js'
import { DAY_MS } from '../time.js'
import { nextTimes, readingOf } from './window-rule.js'
import { minuteOf, type WindowTimes } from './window-times.js'
import { readZoneClock } from './zone-clock.js'

/** Characters of a window's name. */
const NAME_LENGTH_MAX = 200
const ONE_OFF_DAYS_MAX = 90

/** What an owner says of a window; the times of its kind are given, those of the other kind are not. */
export interface SaidWindow {
  name: string
  kind: MaintenanceKind
  timeZone: string
  startsAt?: string | null | undefined
  endsAt?: string | null | undefined
  weekdays?: readonly number[] | null | undefined
  startTime?: string | null | undefined
  endTime?: string | null | undefined
}

export type WindowRefusal =
  | 'INVALID_NAME'
  | 'UNKNOWN_TIME_ZONE'
  | 'INVALID_TIMES'
  | 'INVALID_WEEKDAYS'
  | 'END_NOT_AFTER_START'
  | 'TOO_LONG'
  | 'OVER'

/** Whether a window can be as it is said, and what its times then are. */
export function judgeWindow(
  said: SaidWindow,
  now: number,
): { kind: 'good'; name: string; times: WindowTimes } | Refusal<WindowRefusal> {
  const ofName = nameFault(said.name, NAME_LENGTH_MAX)
  if (ofName !== null) return refuse('INVALID_NAME', ofName)
  if (!isZone(said.timeZone, now)) {
    return refuse(
      'UNKNOWN_TIME_ZONE',
      'timeZone must be an IANA name that the hub knows, such as Europe/Berlin or UTC.',
    )
  }
  const times = said.kind === 'ONE_OFF' ? judgeOneOff(said, now) : judgeWeekly(said)
  return times.kind === 'refused' ? times : { kind: 'good', name: said.name.trim(), times }
}

/** Temporal takes offsets such as `+02:00` for zones, too; these are nobody's clock. */
function isZone(timeZone: string, now: number): boolean {
  return /^[A-Za-z][\w+/-]{0,63}$/.test(timeZone) && readZoneClock(timeZone, now, now) !== null
}

function judgeOneOff(said: SaidWindow, now: number): WindowTimes | Refusal<WindowRefusal> {
  const { timeZone, startsAt, endsAt } = said
  if (
    !isMinute(startsAt) ||
    !isMinute(endsAt) ||
    said.weekdays != null ||
    said.startTime != null ||
    said.endTime != null
  ) {
    return refuse(
      'INVALID_TIMES',
      'A ONE_OFF window needs startsAt and endsAt, both YYYY-MM-DDTHH:mm as a clock in its zone shows, and none of weekdays, startTime and endTime.',
    )
  }
  const lastsMs = readingOf(endsAt) - readingOf(startsAt)
  if (lastsMs <= 0) return refuse('END_NOT_AFTER_START', 'endsAt must be later than startsAt.')
  if (lastsMs > ONE_OFF_DAYS_MAX * DAY_MS) {
    return refuse('TOO_LONG', `A window lasts at most ${ONE_OFF_DAYS_MAX} days; for longer, disable the website.`)
  }
  const times = { kind: 'ONE_OFF', timeZone, startsAt, endsAt } as const
  if (nextTimes(times, now).endsAt === null) {
    return refuse('OVER', 'The window is over already, and maintenance cannot be declared afterwards.')
  }
  return times
}

function judgeWeekly(said: SaidWindow): WindowTimes | Refusal<WindowRefusal> {
  const { timeZone, weekdays, startTime, endTime } = said
  if (!isTimeOfDay(startTime) || !isTimeOfDay(endTime) || said.startsAt != null || said.endsAt != null) {
    return refuse(
      'INVALID_TIMES',
      'A WEEKLY window needs startTime and endTime, both HH:mm as a clock in its zone shows, and neither startsAt nor endsAt.',
    )
  }
  const days = [...new Set(weekdays)].sort((a, b) => a - b)
  const areDays = days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)
  if (days.length === 0 || !areDays || days.length !== weekdays?.length) {
    return refuse('INVALID_WEEKDAYS', 'weekdays must be one or more of 1 for Monday to 7 for Sunday, each once.')
  }
  return { kind: 'WEEKLY', timeZone, weekdays: days, startTime, endTime }
}

function isMinute(text: string | null | undefined): text is string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text ?? '')) return false
  const reading = readingOf(text ?? '')
  // Some days and minutes that no calendar has are read as others.
  return !Number.isNaN(reading) && minuteOf(reading) === text
}

function isTimeOfDay(text: string | null | undefined): text is string {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text ?? '')
}
