import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, MINUTE_MS } from '../time.js'
import { isInWindow, nextTimes } from './window-rule.js'
import type { WindowTimes } from './window-times.js'

/** Places where clocks do something, and some where they never do. */
const PLACES = [
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['America/Nuuk', '2026-03-29'],
  ['America/Nuuk', '2026-10-25'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['America/St_Johns', '2010-11-07'],
  ['Pacific/Apia', '2011-12-30'],
  ['Asia/Kathmandu', '2026-06-01'],
  ['UTC', '2026-06-01'],
] as const

/** What a wall clock shows at every minute of some weeks, as `Intl` says: nothing of the rule is in it. */
function watchClock(timeZone: string, day: string) {
  const from = Date.parse(day) - 12 * DAY_MS
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    ...({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const),
  })
  const shown: string[] = []
  for (let minute = 0; minute < (26 * DAY_MS) / MINUTE_MS; minute += 1) {
    shown.push(format.format(from + minute * MINUTE_MS).replace(' ', 'T'))
  }
  return { from, shown }
}
type Watched = ReturnType<typeof watchClock>

function minutesFrom(reading: string, until: string): number {
  return (Date.parse(`${until}Z`) - Date.parse(`${reading}Z`)) / MINUTE_MS
}

/** The minutes, counted from the first that was watched, in which a window begins and is over. */
function watchWindow({ shown }: Watched, start: string, end: string): [number, number] {
  const begins = shown.findIndex((reading) => reading >= start)
  const isSkipped = shown[begins] !== start
  if (isSkipped && (shown[begins] ?? '') >= end) return [begins, begins + minutesFrom(start, end)]
  const over = shown.findIndex((reading) => reading >= end)
  if (shown[over] === end) return [begins, over]
  // The clock jumped over it: as many minutes after the jump as it would have been after the last minute before it.
  return [begins, over + minutesFrom(shown[over - 1] ?? '', end) - 1]
}

function watchTimes(watched: Watched, times: WindowTimes): [number, number][] {
  if (times.kind === 'ONE_OFF') return [watchWindow(watched, times.startsAt, times.endsAt)]
  const first = Date.parse(`${watched.shown[0]?.slice(0, 10)}`) + DAY_MS
  const days = Array.from({ length: 23 }, (_, index) => new Date(first + index * DAY_MS))
  const nightMs = times.endTime > times.startTime ? 0 : DAY_MS
  return days
    .filter((day) => times.weekdays.includes(day.getUTCDay() || 7))
    .map((day) =>
      watchWindow(
        watched,
        `${day.toISOString().slice(0, 10)}T${times.startTime}`,
        `${new Date(day.getTime() + nightMs).toISOString().slice(0, 10)}T${times.endTime}`,
      ),
    )
}

/** Mostly on the half hours, where changes of clocks begin and end. */
const timeOfDay = fc
  .oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 47 }).map((half) => half * 30),
    fc.integer({ min: 0, max: 6 * 60 }),
    fc.integer({ min: 0, max: 1_439 }),
  )
  .map((minute) => new Date(minute * MINUTE_MS).toISOString().slice(11, 16))

function weekly(timeZone: string): fc.Arbitrary<WindowTimes> {
  return fc.record({
    kind: fc.constant('WEEKLY' as const),
    timeZone: fc.constant(timeZone),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    startTime: timeOfDay,
    endTime: timeOfDay,
  })
}

function oneOff(timeZone: string, day: string): fc.Arbitrary<WindowTimes> {
  const reading = fc
    .tuple(fc.integer({ min: -3, max: 3 }), timeOfDay)
    .map(([days, time]) => `${new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)}T${time}`)
  return fc
    .uniqueArray(reading, { minLength: 2, maxLength: 2 })
    .map((readings) => readings.sort())
    .map(([startsAt = '', endsAt = '']) => ({ kind: 'ONE_OFF', timeZone, startsAt, endsAt }))
}

describe.each(PLACES)('in %s around %s, against a clock that is watched every minute', (timeZone, day) => {
  const watched = watchClock(timeZone, day)
  const around = Date.parse(day)
  const change = around + changeAfter(watched, around)
  const instant = fc.integer({ min: -3 * 1_440, max: 3 * 1_440 }).map((minutes) => around + minutes * MINUTE_MS)
  const nearChange = Array.from({ length: 17 }, (_, index) => change + (index - 8) * 15 * MINUTE_MS)

  it.each([
    ['weekly', weekly(timeZone)],
    ['one-off', oneOff(timeZone, day)],
  ])('%s windows hold the same minutes, and begin and end next at the same', (_, anyTimes) => {
    fc.assert(
      fc.property(anyTimes, fc.array(instant, { minLength: 10, maxLength: 10 }), (times, instants) => {
        const windows = watchTimes(watched, times).map((window) =>
          window.map((minute) => watched.from + minute * MINUTE_MS),
        ) as [number, number][]
        // The minutes at the edges tell most.
        const edges = windows.flat().flatMap((edge) => [edge - 1, edge])
        for (const at of [
          ...instants,
          ...nearChange,
          ...edges.filter((edge) => Math.abs(edge - around) < 3 * DAY_MS),
        ]) {
          const isIn = windows.some(([startsAt, endsAt]) => startsAt <= at && at < endsAt)
          expect(`${new Date(at).toJSON()} ${isInWindow(times, at)}`).toBe(`${new Date(at).toJSON()} ${isIn}`)
          expect(nextTimes(times, at)).toEqual({
            startsAt: soonest(windows.map(([startsAt]) => startsAt).filter((edge) => edge > at)),
            endsAt: soonest(windows.map(([, endsAt]) => endsAt).filter((edge) => edge > at)),
          })
        }
      }),
      { numRuns: 40 },
    )
  })
})

/** Milliseconds from an instant until the clock's first step that is not a minute, within two days; else a day. */
function changeAfter({ from, shown }: Watched, instant: number): number {
  const first = (instant - from) / MINUTE_MS - 1_440
  const step = shown.slice(first, first + 4_320).findIndex((reading, index, all) => {
    const before = all[index - 1]
    return before !== undefined && minutesFrom(before, reading) !== 1
  })
  return step === -1 ? DAY_MS : (step - 1_440) * MINUTE_MS
}

function soonest(instants: number[]): number | null {
  return instants.length === 0 ? null : Math.min(...instants)
}
