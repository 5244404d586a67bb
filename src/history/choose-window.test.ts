import { describe, expect, it } from 'vitest'
import { chooseWindow, endOfClosed, type KnownTime } from './choose-window.js'
import type { WindowName } from './period.js'

const at = (text: string) => Date.parse(`2026-${text}Z`)
const lastClosed = { roundAt: at('11-22T13:07:00.000'), deadlineAt: at('11-22T13:07:45.000'), intervalMs: 60_000 }
const known: KnownTime = {
  now: at('11-22T13:07:50.000'),
  lastClosed,
  verdictRetentionDays: 90,
  rollupRetentionDays: null,
}

const named = (window: WindowName, time = known) => chooseWindow({ window }, time)
const between = (from: string, to: string, time = known) => chooseWindow({ from: at(from), to: at(to) }, time)

describe('chooseWindow', () => {
  it.each<[WindowName, string, string]>([
    ['LAST_HOUR', '2026-11-22T12:07:45.000', 'VERDICTS'],
    ['LAST_24_HOURS', '2026-11-21T13:00:00.000', 'VERDICTS'],
    ['LAST_7_DAYS', '2026-11-15T13:00:00.000', 'VERDICTS'],
    ['LAST_30_DAYS', '2026-10-23T13:00:00.000', 'VERDICTS'],
    ['LAST_90_DAYS', '2026-08-24T13:00:00.000', 'ROLLUPS'],
    ['LAST_365_DAYS', '2025-11-22T13:00:00.000', 'ROLLUPS'],
  ])('%s ends with the last closed round', (window, from, basis) => {
    expect(named(window)).toEqual({
      kind: 'window',
      from: Date.parse(`${from}Z`),
      to: lastClosed.deadlineAt,
      basis,
    })
  })

  it.each<[string, string, string, string, string, string]>([
    [
      'lets both ends stand',
      '11-20T00:00:00.001',
      '11-21T00:00:00.002',
      '11-20T00:00:00.001',
      '11-21T00:00:00.002',
      'VERDICTS',
    ],
    [
      'never ends later',
      '11-20T00:00:00.000',
      '11-30T00:00:00.000',
      '11-20T00:00:00.000',
      '11-22T13:07:45.000',
      'VERDICTS',
    ],
    [
      'is empty after it',
      '11-23T00:00:00.000',
      '11-24T00:00:00.000',
      '11-23T00:00:00.000',
      '11-23T00:00:00.000',
      'VERDICTS',
    ],
    [
      'knows all of 25 August',
      '08-25T00:00:00.000',
      '08-25T00:00:00.001',
      '08-25T00:00:00.000',
      '08-25T00:00:00.001',
      'VERDICTS',
    ],
    [
      'goes back as far as one likes',
      '01-01T00:15:00.000',
      '01-02T00:30:00.000',
      '01-01T00:15:00.000',
      '01-02T00:30:00.000',
      'ROLLUPS',
    ],
    [
      'is off the edges where it may',
      '08-24T23:45:00.000',
      '09-01T00:00:00.001',
      '08-24T23:45:00.000',
      '09-01T00:00:00.001',
      'ROLLUPS',
    ],
  ])('%s', (_, from, asked, chosenFrom, to, basis) => {
    expect(between(from, asked)).toEqual({ kind: 'window', from: at(chosenFrom), to: at(to), basis })
  })

  it.each([
    ['11-20T00:00:00.000', '11-20T00:00:00.000'],
    ['11-20T00:00:00.000', '11-19T00:00:00.000'],
  ])('refuses %s to %s', (from, to) => {
    expect(between(from, to)).toMatchObject({ kind: 'fault', argument: 'from' })
  })

  it.each<[string, string, string, [string, string]]>([
    ['08-24T23:59:59.999', '11-01T00:00:00.000', 'from', ['2026-08-24T23:45:00.000Z', '2026-08-25T00:00:00.000Z']],
    ['01-01T00:00:00.001', '11-01T00:00:00.000', 'from', ['2026-01-01T00:00:00.000Z', '2026-01-01T00:15:00.000Z']],
    ['01-01T00:00:00.000', '02-01T10:01:00.000', 'to', ['2026-02-01T10:00:00.000Z', '2026-02-01T10:15:00.000Z']],
  ])('refuses %s to %s, where only rollups are kept, with the nearest edges', (from, to, argument, nearest) => {
    expect(between(from, to)).toMatchObject({ kind: 'fault', argument, nearest })
  })

  it('refuses what is longer than rollups are kept, with the limit', () => {
    const days = { ...known, rollupRetentionDays: 364 }
    expect(named('LAST_365_DAYS', days)).toMatchObject({ kind: 'fault', argument: 'window', limit: 364 })
    expect(named('LAST_90_DAYS', days)).toMatchObject({ kind: 'window' })
    const month = { ...known, rollupRetentionDays: 30 }
    expect(between('10-22T23:45:00.000', '11-01T00:00:00.000', month)).toMatchObject({
      kind: 'fault',
      argument: 'from',
      limit: '2026-10-23T00:00:00.000Z',
    })
  })

  it('cuts a window that is as long as the retention where nothing is kept', () => {
    const midnight = at('11-22T00:00:00.000')
    const time = {
      ...known,
      rollupRetentionDays: 30,
      now: midnight + 10_000,
      lastClosed: { roundAt: midnight - 60_000, deadlineAt: midnight - 15_000, intervalMs: 60_000 },
    }
    expect(named('LAST_30_DAYS', time)).toMatchObject({ from: at('10-23T00:00:00.000'), to: midnight - 15_000 })
  })
})

describe('endOfClosed', () => {
  it('is the last closed round’s deadline, or its interval’s end, never later than now', () => {
    expect(endOfClosed(known)).toBe(lastClosed.deadlineAt)
    expect(endOfClosed({ ...known, lastClosed: { ...lastClosed, intervalMs: 5_000 } })).toBe(lastClosed.roundAt + 5_000)
    expect(endOfClosed({ ...known, lastClosed: null })).toBe(known.now)
  })

  it('lies on an edge once the verdicts are gone', () => {
    const later = { ...known, now: at('11-22T13:07:50.000') + 200 * 86_400_000 }
    expect(endOfClosed(later)).toBe(at('11-22T13:00:00.000'))
    expect(named('LAST_HOUR', later)).toEqual({
      kind: 'window',
      from: at('11-22T12:00:00.000'),
      to: at('11-22T13:00:00.000'),
      basis: 'ROLLUPS',
    })
  })
})
