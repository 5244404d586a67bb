import { describe, expect, it } from 'vitest'
import { isInWindow, nextTimes } from './window-rule.js'
import type { WindowTimes } from './window-times.js'

const at = (text: string) => Date.parse(text)
const written = (instant: number | null) => instant && new Date(instant).toISOString().slice(0, 16)

function oneOff(timeZone: string, startsAt: string, endsAt: string): WindowTimes {
  return { kind: 'ONE_OFF', timeZone, startsAt, endsAt }
}

function weekly(timeZone: string, weekdays: number[], startTime: string, endTime: string): WindowTimes {
  return { kind: 'WEEKLY', timeZone, weekdays, startTime, endTime }
}

/** What holds right before a window, at its beginning, right before its end and then. */
const EDGES = [false, true, true, false]

/** A window of one night, as what its owner says and what it comes to in UTC. */
describe.each([
  ['UTC', 'no change', '2026-03-29T02:30/2026-03-29T04:00', '2026-03-29T02:30/2026-03-29T04:00'],
  ['Asia/Kathmandu', 'no change', '2026-03-29T02:30/2026-03-29T04:00', '2026-03-28T20:45/2026-03-28T22:15'],
  // On 29 March 2026 at 02:00, which is 01:00 in UTC, clocks jump to 03:00.
  ['Europe/Berlin', 'before the jump', '2026-03-29T00:30/2026-03-29T02:00', '2026-03-28T23:30/2026-03-29T01:00'],
  ['Europe/Berlin', 'across: an hour less', '2026-03-29T01:00/2026-03-29T04:00', '2026-03-29T00:00/2026-03-29T02:00'],
  ['Europe/Berlin', 'begins in it', '2026-03-29T02:30/2026-03-29T04:00', '2026-03-29T01:00/2026-03-29T02:00'],
  ['Europe/Berlin', 'ends in it', '2026-03-29T01:00/2026-03-29T02:30', '2026-03-29T00:00/2026-03-29T01:30'],
  ['Europe/Berlin', 'lies in it', '2026-03-29T02:15/2026-03-29T02:45', '2026-03-29T01:00/2026-03-29T01:30'],
  ['Europe/Berlin', 'is all of it', '2026-03-29T02:00/2026-03-29T03:00', '2026-03-29T01:00/2026-03-29T02:00'],
  ['Europe/Berlin', 'after the jump', '2026-03-29T03:00/2026-03-29T04:00', '2026-03-29T01:00/2026-03-29T02:00'],
  // On 25 October 2026 at 03:00, which is 01:00 in UTC, clocks are put back to 02:00.
  ['Europe/Berlin', 'across: an hour more', '2026-10-25T01:00/2026-10-25T04:00', '2026-10-24T23:00/2026-10-25T03:00'],
  ['Europe/Berlin', 'begins in both', '2026-10-25T02:30/2026-10-25T04:00', '2026-10-25T00:30/2026-10-25T03:00'],
  ['Europe/Berlin', 'ends in both', '2026-10-25T01:00/2026-10-25T02:30', '2026-10-24T23:00/2026-10-25T00:30'],
  ['Europe/Berlin', 'lies in both', '2026-10-25T02:15/2026-10-25T02:45', '2026-10-25T00:15/2026-10-25T00:45'],
  ['Europe/Berlin', 'is both', '2026-10-25T02:00/2026-10-25T03:00', '2026-10-25T00:00/2026-10-25T02:00'],
  // 02:00 to 03:00 on 8 March, 02:00 to 01:00 on 1 November.
  ['America/New_York', 'begins in the jump', '2026-03-08T02:30/2026-03-08T05:00', '2026-03-08T07:00/2026-03-08T09:00'],
  ['America/New_York', 'begins in both', '2026-11-01T01:30/2026-11-01T02:00', '2026-11-01T05:30/2026-11-01T07:00'],
  // Half an hour: 02:00 to 02:30 on 4 October, 02:00 to 01:30 on 5 April.
  ['Australia/Lord_Howe', 'is in the jump', '2026-10-04T02:10/2026-10-04T02:30', '2026-10-03T15:30/2026-10-03T15:50'],
  ['Australia/Lord_Howe', 'across the jump', '2026-10-04T01:00/2026-10-04T03:00', '2026-10-03T14:30/2026-10-03T16:00'],
  ['Australia/Lord_Howe', 'across both', '2026-04-05T01:00/2026-04-05T03:00', '2026-04-04T14:00/2026-04-04T16:30'],
  // 30 December 2011 never was.
  ['Pacific/Apia', 'is that day', '2011-12-30T00:00/2011-12-31T00:00', '2011-12-30T10:00/2011-12-31T10:00'],
  ['Pacific/Apia', 'lies in that day', '2011-12-30T08:00/2011-12-30T09:00', '2011-12-30T10:00/2011-12-30T11:00'],
  ['Pacific/Apia', 'across that day', '2011-12-29T22:00/2011-12-31T02:00', '2011-12-30T08:00/2011-12-30T12:00'],
])('in %s, a window that %s', (timeZone, _, said, utc) => {
  const [startsAt = '', endsAt = ''] = said.split('/')
  const instants = utc.split('/').map((text) => at(`${text}Z`)) as [number, number]
  const [from, until] = instants

  it(`from ${said} is from ${utc} in UTC`, () => {
    const times = oneOff(timeZone, startsAt, endsAt)
    const next = nextTimes(times, from - 1)
    expect([next.startsAt, next.endsAt].map(written).join('/')).toBe(utc)
    expect([from - 1, from, until - 1, until].map((instant) => isInWindow(times, instant))).toEqual(EDGES)
  })

  const nextDay = new Date(at(startsAt.slice(0, 10)) + 86_400_000).toISOString().slice(0, 10)
  const lastDay = endsAt.slice(11) > startsAt.slice(11) ? startsAt.slice(0, 10) : nextDay
  if (!endsAt.startsWith(lastDay)) return
  it('is the same when it is weekly', () => {
    const weekday = new Date(startsAt.slice(0, 10)).getUTCDay() || 7
    const times = weekly(timeZone, [weekday], startsAt.slice(11), endsAt.slice(11))
    expect([from - 1, from, until - 1, until].map((instant) => isInWindow(times, instant))).toEqual(EDGES)
  })
})

describe('a weekly window', () => {
  it('keeps its hour all year', () => {
    const times = weekly('Europe/Berlin', [7], '03:30', '04:00')
    expect(isInWindow(times, at('2026-01-04T02:30Z'))).toBe(true)
    expect(isInWindow(times, at('2026-07-05T02:30Z'))).toBe(false)
    expect(isInWindow(times, at('2026-07-05T01:30Z'))).toBe(true)
  })

  it('ends on the next day where its end is not after its start, and then begins on its own days only', () => {
    const times = weekly('Europe/Berlin', [5], '23:00', '01:00')
    expect(isInWindow(times, at('2026-11-20T21:59:59.999Z'))).toBe(false)
    expect(isInWindow(times, at('2026-11-20T22:00Z'))).toBe(true)
    expect(isInWindow(times, at('2026-11-20T23:59:59.999Z'))).toBe(true)
    expect(isInWindow(times, at('2026-11-21T00:00Z'))).toBe(false)
    expect(isInWindow(times, at('2026-11-21T22:30Z'))).toBe(false)
  })

  it('lasts a day where it ends as it starts, and all the time on all days', () => {
    const day = weekly('America/New_York', [3], '09:00', '09:00')
    expect(isInWindow(day, at('2026-11-25T14:00Z'))).toBe(true)
    expect(isInWindow(day, at('2026-11-26T13:59:59.999Z'))).toBe(true)
    expect(isInWindow(day, at('2026-11-26T14:00Z'))).toBe(false)
    const always = weekly('America/New_York', [1, 2, 3, 4, 5, 6, 7], '00:00', '00:00')
    for (let hour = 0; hour < 24 * 365; hour += 1) {
      expect(isInWindow(always, at('2026-01-01T00:00Z') + hour * 3_600_000)).toBe(true)
    }
  })
})

describe('nextTimes', () => {
  const next = (times: WindowTimes, instant: string) => {
    const { startsAt, endsAt } = nextTimes(times, at(instant))
    return [written(startsAt), written(endsAt)]
  }

  it('of a one-off: before, while and after it runs', () => {
    const times = oneOff('Europe/Berlin', '2026-11-22T20:00', '2027-02-20T06:00')
    expect(next(times, '2026-11-22T18:59:59.999Z')).toEqual(['2026-11-22T19:00', '2027-02-20T05:00'])
    expect(next(times, '2026-11-22T19:00Z')).toEqual([null, '2027-02-20T05:00'])
    expect(next(times, '2027-02-20T05:00Z')).toEqual([null, null])
  })

  it('of a weekly one: while it runs, its end and the next beginning', () => {
    const times = weekly('Europe/Berlin', [7], '01:00', '04:00')
    expect(next(times, '2026-10-18T02:00Z')).toEqual(['2026-10-24T23:00', '2026-10-25T03:00'])
    expect(next(times, '2026-10-24T23:00Z')).toEqual(['2026-11-01T00:00', '2026-10-25T03:00'])
  })

  it('holds to the last year that can be said', () => {
    const times = oneOff('UTC', '9999-12-31T00:00', '9999-12-31T23:59')
    expect(next(times, '2026-11-22T00:00Z')).toEqual(['9999-12-31T00:00', '9999-12-31T23:59'])
  })
})
