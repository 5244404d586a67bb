import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import type { KnownTime } from './choose-window.js'
import { type AskedPoints, mostPoints, planPoints, POINTS_MAX } from './plan-points.js'

const at = (text: string) => Date.parse(`${text}Z`)
const known: KnownTime = {
  now: at('2026-11-22T13:00:50'),
  lastClosed: null,
  verdictRetentionDays: 90,
  rollupRetentionDays: null,
}

function plan(from: string, to: string, resolution: AskedPoints['resolution'], timeZone = 'UTC', time = known) {
  return planPoints({ from: at(from), to: at(to), resolution, timeZone }, time)
}

function edges(...given: Parameters<typeof plan>): string[] {
  const points = plan(...given)
  if (points.kind === 'fault') throw new Error(points.message)
  return points.edges.map((edge) => new Date(edge).toISOString().slice(5, 16))
}

describe('planPoints', () => {
  it('takes the whole minutes, hours and days that are touched', () => {
    expect(edges('2026-11-22T10:00:30', '2026-11-22T10:02:00', 'MINUTE')).toEqual([
      '11-22T10:00',
      '11-22T10:01',
      '11-22T10:02',
    ])
    expect(edges('2026-11-22T10:00:00', '2026-11-22T11:00:01', 'HOUR')).toEqual([
      '11-22T10:00',
      '11-22T11:00',
      '11-22T12:00',
    ])
    expect(edges('2026-11-21T23:00:00', '2026-11-22T01:00:00', 'DAY')).toEqual([
      '11-21T00:00',
      '11-22T00:00',
      '11-23T00:00',
    ])
  })

  it.each([
    ['Europe/Berlin', '2026-03-28T12:00:00', ['03-27T23:00', '03-28T23:00', '03-29T22:00']],
    ['Europe/Berlin', '2026-10-24T12:00:00', ['10-23T22:00', '10-24T22:00', '10-25T23:00']],
    ['Asia/Kathmandu', '2026-11-20T12:00:00', ['11-19T18:15', '11-20T18:15', '11-21T18:15']],
    // Midnight is skipped: the day begins at 01:00.
    ['Africa/Cairo', '2026-04-23T12:00:00', ['04-22T22:00', '04-23T22:00', '04-24T21:00']],
    // Midnight comes twice.
    ['America/Havana', '2026-10-31T12:00:00', ['10-31T04:00', '11-01T04:00', '11-02T05:00']],
  ])('honours the days of %s', (timeZone, from, expected) => {
    const to = new Date(at(from) + 86_400_000).toISOString().slice(0, 19)
    expect(edges(from, to, 'DAY', timeZone)).toEqual(expected)
  })

  it('knows that Samoa had no 30 December 2011', () => {
    expect(edges('2011-12-29T20:00:00', '2011-12-31T10:00:00', 'DAY', 'Pacific/Apia')).toEqual([
      '12-29T10:00',
      '12-30T10:00',
      '12-31T10:00',
    ])
  })

  it('never takes more points than it is weighed for', () => {
    const instant = fc.integer({ min: at('2015-01-01T00:00:00'), max: at('2026-11-22T00:00:00') })
    const length = fc.oneof(
      fc.integer({ min: 1, max: 40 * 3_600_000 }),
      fc.integer({ min: 1, max: 2_000 * 86_400_000 }),
    )
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Havana', 'Africa/Cairo', 'Asia/Kathmandu')
    const resolutions = fc.constantFrom('MINUTE' as const, 'HOUR' as const, 'DAY' as const)
    const kept = { ...known, verdictRetentionDays: 36_500 }
    let planned = 0
    fc.assert(
      fc.property(instant, length, resolutions, zone, (from, lengthMs, resolution, timeZone) => {
        const points = planPoints({ from, to: from + lengthMs, resolution, timeZone }, kept)
        if (points.kind === 'fault') return
        planned += 1
        expect(points.edges.length - 1).toBeLessThanOrEqual(mostPoints(lengthMs, resolution))
      }),
      { numRuns: 200 },
    )
    expect(planned).toBeGreaterThan(20)
    expect(mostPoints(90 * 86_400_000, 'DAY')).toBeLessThan(96)
    expect(mostPoints(1e15, 'MINUTE')).toBe(POINTS_MAX)
    expect(mostPoints(-1, 'HOUR')).toBe(1)
  })

  it('begins days where Temporal does', () => {
    const zones = [
      'Europe/Berlin',
      'Asia/Kathmandu',
      'America/Havana',
      'Africa/Cairo',
      'Australia/Lord_Howe',
      'America/St_Johns',
    ]
    const day = fc.integer({ min: at('2015-01-01T00:00:00') / 60_000, max: at('2035-01-01T00:00:00') / 60_000 })
    fc.assert(
      fc.property(fc.constantFrom(...zones), day, fc.integer({ min: 1, max: 20_000 }), (timeZone, minute, length) => {
        const from = minute * 60_000
        const to = from + length * 60_000
        const points = planPoints({ from, to, resolution: 'DAY', timeZone }, known)
        let date = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).toPlainDate()
        const expected = [date.toZonedDateTime(timeZone).epochMilliseconds]
        while ((expected.at(-1) ?? to) < to) {
          date = date.add({ days: 1 })
          expected.push(date.toZonedDateTime(timeZone).epochMilliseconds)
        }
        expect(points).toEqual({ kind: 'points', edges: expected, source: 'quarters' })
      }),
      { numRuns: 50 },
    )
  })

  it.each([
    ['MINUTE', 'UTC', 'verdicts'],
    ['HOUR', 'UTC', 'quarters'],
    ['DAY', 'UTC', 'days'],
    ['DAY', 'Europe/Berlin', 'quarters'],
    ['DAY', 'Africa/Abidjan', 'days'],
  ] as const)('of %s in %s come from %s', (resolution, timeZone, source) => {
    expect(plan('2026-11-20T00:00:00', '2026-11-21T00:00:00', resolution, timeZone)).toMatchObject({ source })
  })

  it('gives at most so many, and says what fits', () => {
    expect(plan('2026-11-20T00:00:00', '2026-11-21T09:20:00', 'MINUTE')).toMatchObject({ kind: 'points' })
    const fault = { kind: 'fault', argument: 'resolution', limit: POINTS_MAX }
    expect(plan('2026-11-20T00:00:00', '2026-11-21T09:21:00', 'MINUTE')).toMatchObject({ ...fault, fits: 'HOUR' })
    expect(plan('2026-11-20T00:00:30', '2026-11-21T09:20:30', 'MINUTE')).toMatchObject({ ...fault, fits: 'HOUR' })
    expect(plan('2026-01-01T00:00:00', '2026-11-21T00:00:00', 'HOUR')).toMatchObject({ ...fault, fits: 'DAY' })
    expect(plan('0000-01-01T00:00:00', '9999-01-01T00:00:00', 'DAY')).toMatchObject({ ...fault, fits: null })
  })

  it.each(['Mars/Olympus', '', 'x'.repeat(10_000), "' OR 1=1"])('refuses the zone %s', (timeZone) => {
    expect(plan('2026-11-20T00:00:00', '2026-11-21T00:00:00', 'DAY', timeZone)).toMatchObject({
      kind: 'fault',
      argument: 'timeZone',
    })
  })

  it('refuses days that begin off the quarters, as before standard time', () => {
    expect(plan('1880-01-01T00:00:00', '1880-02-01T00:00:00', 'DAY', 'Europe/Paris')).toMatchObject({
      kind: 'fault',
      argument: 'timeZone',
    })
  })

  it('refuses what is no longer there', () => {
    expect(plan('2026-11-20T00:00:00', '2026-11-20T00:00:00', 'DAY')).toMatchObject({ kind: 'fault', argument: 'from' })
    // Verdicts of 24 August are the first that are certainly kept, and may stand for a day.
    expect(plan('2026-08-25T00:00:00', '2026-08-25T01:00:00', 'MINUTE')).toMatchObject({ kind: 'points' })
    expect(plan('2026-08-24T23:59:59', '2026-08-25T01:00:00', 'MINUTE')).toMatchObject({
      kind: 'fault',
      argument: 'from',
      limit: '2026-08-25T00:00:00.000Z',
      fits: 'HOUR',
    })
    const year = { ...known, rollupRetentionDays: 365 }
    expect(plan('2025-11-22T00:00:00', '2025-11-23T00:00:00', 'DAY', 'UTC', year)).toMatchObject({ kind: 'points' })
    for (const [from, timeZone] of [
      ['2025-11-21T23:59:59', 'UTC'],
      ['2025-11-22T00:00:00', 'Europe/Berlin'],
    ] as const) {
      expect(plan(from, '2025-11-23T00:00:00', 'DAY', timeZone, year)).toMatchObject({
        kind: 'fault',
        argument: 'from',
        limit: '2025-11-22T00:00:00.000Z',
      })
    }
  })
})
