import { DAY_MS } from '../time.js'
import { type ReadClock, readingAt, readZoneClock, whenShown, type ZoneClock } from './zone-clock.js'
import type { WindowTimes } from './window-times.js'

/** A window is at most two days away from its readings (Pacific/Apia once left out a day); offsets reach from -12 to +14 hours. */
const MARGIN_MS = 4 * DAY_MS
/** The next beginning of a weekly window is a week away at most, and a day more where a clock is put back over midnight. */
const WEEKLY_AHEAD_DAYS = 8

interface Occurrence {
  startsAt: number
  endsAt: number
}

/** Whether an instant lies in a window. One of a zone that this machine does not know holds none. */
export function isInWindow(times: WindowTimes, instant: number, readClock: ReadClock = readZoneClock): boolean {
  const clock = readClock(times.timeZone, instant - MARGIN_MS, instant + MARGIN_MS)
  if (clock === null) return false
  // Tomorrow's can be under way where the clock, once past midnight, has been put back to today.
  return occurrencesNear(times, clock, instant, 1).some((one) => one.startsAt <= instant && instant < one.endsAt)
}

export interface NextTimes {
  startsAt: number | null
  endsAt: number | null
}

/** When a window begins and ends next after an instant. While it runs, that is its present end and the beginning after it. */
export function nextTimes(times: WindowTimes, instant: number, readClock: ReadClock = readZoneClock): NextTimes {
  const clock = readClock(times.timeZone, ...stretchOf(times, instant))
  if (clock === null) return { startsAt: null, endsAt: null }
  const occurrences = occurrencesNear(times, clock, instant, WEEKLY_AHEAD_DAYS)
  return {
    startsAt: occurrences.map(({ startsAt }) => startsAt).find((at) => at > instant) ?? null,
    endsAt: occurrences.map(({ endsAt }) => endsAt).find((at) => at > instant) ?? null,
  }
}

function stretchOf(times: WindowTimes, instant: number): [number, number] {
  if (times.kind === 'ONE_OFF') return [readingOf(times.startsAt) - MARGIN_MS, readingOf(times.endsAt) + MARGIN_MS]
  return [instant - MARGIN_MS, instant + WEEKLY_AHEAD_DAYS * DAY_MS + MARGIN_MS]
}

/** What of a window can be under way at an instant or begins in the days ahead, in the order of time. */
function occurrencesNear(times: WindowTimes, clock: ZoneClock, instant: number, aheadDays: number): Occurrence[] {
  if (times.kind === 'ONE_OFF') return [occurrence(clock, readingOf(times.startsAt), readingOf(times.endsAt))]
  const [startMs, endMs] = [timeOfDay(times.startTime), timeOfDay(times.endTime)]
  const lastsMs = endMs > startMs ? endMs - startMs : endMs - startMs + DAY_MS
  const today = Math.floor(readingAt(clock, instant) / DAY_MS)
  const found: Occurrence[] = []
  // From the day before yesterday: what begins there ends yesterday, which a clock may leave out until today.
  for (let day = today - 2; day <= today + aheadDays; day += 1) {
    if (!times.weekdays.includes(weekdayOf(day))) continue
    const start = day * DAY_MS + startMs
    found.push(occurrence(clock, start, start + lastsMs))
  }
  return found
}

/**
 * Of a reading that comes twice, the first counts. Where the clock jumps, a window that would begin in the jump begins with
 * it, an end in it is as much later, and a window within the jump keeps its length: it never comes to nothing.
 */
function occurrence(clock: ZoneClock, start: number, end: number): Occurrence {
  const [from, until] = [whenShown(clock, start), whenShown(clock, end)]
  if (from.kind === 'shown') return { startsAt: from.at, endsAt: until.at }
  const startsAt = from.jumpsAt
  const liesInJump = until.kind === 'skipped' || until.at <= startsAt
  return { startsAt, endsAt: liesInJump ? startsAt + end - start : until.at }
}

/** Of the days since 1970-01-01, which was a Thursday; 1 is Monday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** The reading that `YYYY-MM-DDTHH:mm` spells; NaN for what spells none. */
export function readingOf(text: string): number {
  return Date.parse(`${text}Z`)
}

function timeOfDay(text: string): number {
  return readingOf(`1970-01-01T${text}`)
}
