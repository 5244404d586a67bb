import { nameFault } from '../graph/name-fault.js'
import { inputFault, type InputFault, type Refusal, refuseAll } from '../graph/problem.js'
import { DAY_MS } from '../time.js'
import { nextTimes, readingOf } from './window-rule.js'
import { minuteOf, type WindowTimes } from './window-times.js'
import { readZoneClock } from './zone-clock.js'

const NAME_LENGTH_MAX = 200
const ONE_OFF_DAYS_MAX = 90

interface OneOff {
  startsAt: string
  endsAt: string
}

interface Weekly {
  weekdays: readonly number[]
  startTime: string
  endTime: string
}

/** Exactly one of them is given. */
export type SaidTimes = { oneOff: OneOff; weekly?: null | undefined } | { weekly: Weekly; oneOff?: null | undefined }

export interface SaidWindow {
  name: string
  timeZone: string
  times: SaidTimes
}

export type WindowRefusal =
  | 'INVALID_NAME'
  | 'UNKNOWN_TIME_ZONE'
  | 'INVALID_TIMES'
  | 'INVALID_WEEKDAYS'
  | 'END_NOT_AFTER_START'
  | 'TOO_LONG'
  | 'OVER'

type Fault = InputFault<WindowRefusal>

export function judgeWindow(
  said: SaidWindow,
  now: number,
): { kind: 'good'; name: string; times: WindowTimes } | Refusal<WindowRefusal> {
  const { timeZone } = said
  const ofName = nameFault(said.name, NAME_LENGTH_MAX)
  const knowsZone = isZone(timeZone, now)
  const times = timesSaid(timeZone, said.times)
  const ofTimes = times.kind === 'ONE_OFF' ? oneOffFaults(times, knowsZone ? now : null) : weeklyFaults(times)
  const refusal = refuseAll<WindowRefusal>(
    ofName === null ? null : inputFault('INVALID_NAME', ofName, 'name'),
    knowsZone ? null : inputFault('UNKNOWN_TIME_ZONE', UNKNOWN_ZONE, 'timeZone'),
    ofTimes,
  )
  return refusal ?? { kind: 'good', name: said.name.trim(), times }
}

const UNKNOWN_ZONE = 'timeZone must be an IANA name that the hub knows, such as Europe/Berlin or UTC.'

/** Temporal takes offsets such as `+02:00` for zones, too; these are nobody's clock. */
function isZone(timeZone: string, now: number): boolean {
  return /^[A-Za-z][\w+/-]{0,63}$/.test(timeZone) && readZoneClock(timeZone, now, now) !== null
}

function timesSaid(timeZone: string, { oneOff, weekly }: SaidTimes): WindowTimes {
  if (oneOff) return { kind: 'ONE_OFF', timeZone, startsAt: oneOff.startsAt, endsAt: oneOff.endsAt }
  if (!weekly) throw new Error('a window was said without times')
  const { weekdays, startTime, endTime } = weekly
  return { kind: 'WEEKLY', timeZone, weekdays: weekdays.toSorted((a, b) => a - b), startTime, endTime }
}

/** As its owner would say it. */
export function saidTimesOf(times: WindowTimes): SaidTimes {
  return times.kind === 'ONE_OFF' ? { oneOff: times } : { weekly: times }
}

type Times<Kind extends WindowTimes['kind']> = Extract<WindowTimes, { kind: Kind }>

/** @param now null where the zone is not known, so that nobody can tell whether it is over. */
function oneOffFaults(times: Times<'ONE_OFF'>, now: number | null): Fault[] {
  const at = (name: keyof OneOff) => `times.oneOff.${name}`
  const spelling = (['startsAt', 'endsAt'] as const).flatMap((name) =>
    isMinute(times[name]) ? [] : [inputFault('INVALID_TIMES' as const, `${name} must be ${MINUTE}.`, at(name))],
  )
  if (spelling.length > 0) return spelling
  const lastsMs = readingOf(times.endsAt) - readingOf(times.startsAt)
  if (lastsMs <= 0) return [inputFault('END_NOT_AFTER_START', 'endsAt must be later than startsAt.', at('endsAt'))]
  if (lastsMs > ONE_OFF_DAYS_MAX * DAY_MS) {
    const message = `A window lasts at most ${ONE_OFF_DAYS_MAX} days; for longer, disable the website.`
    return [inputFault('TOO_LONG', message, at('endsAt'))]
  }
  if (now === null || nextTimes(times, now).endsAt !== null) return []
  return [inputFault('OVER', 'The window is already over; maintenance is never retroactive.', at('endsAt'))]
}

const MINUTE = 'YYYY-MM-DDTHH:mm as a clock in timeZone shows'
const TIME_OF_DAY = 'HH:mm as a clock in timeZone shows'

function weeklyFaults(times: Times<'WEEKLY'>): Fault[] {
  const at = (name: keyof Weekly) => `times.weekly.${name}`
  const spelling = (['startTime', 'endTime'] as const).flatMap((name) =>
    isTimeOfDay(times[name]) ? [] : [inputFault('INVALID_TIMES' as const, `${name} must be ${TIME_OF_DAY}.`, at(name))],
  )
  const { weekdays } = times
  const areDays = weekdays.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)
  if (weekdays.length > 0 && areDays && new Set(weekdays).size === weekdays.length) return spelling
  const message = 'weekdays must be one or more of 1 for Monday to 7 for Sunday, each once.'
  return [inputFault('INVALID_WEEKDAYS', message, at('weekdays')), ...spelling]
}

function isMinute(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return false
  const reading = readingOf(text)
  // Some days and minutes that no calendar has are read as others.
  return !Number.isNaN(reading) && minuteOf(reading) === text
}

function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}
