import { describe, expect, it } from 'vitest'
import { chooseWindow, endOfClosed, type KnownTime, type UptimeWindowName } from './choose-window.js'

const at = (text: string) => Date.parse(`2026-${text}Z`)
const lastClosed = { roundAt: at('11-22T13:07:00.000'), deadlineAt: at('11-22T13:07:45.000'), intervalMs: 60_000 }
const known: KnownTime = {
  now: at('11-22T13:07:50.000'),
  lastClosed,
  verdictRetentionDays: 90,
  rollupRetentionDays: null,
}

function choose(window: UptimeWindowName | null, from: string | null, to: string | null, time = known) {
  return chooseWindow({ window, from: from === null ? null : at(from), to: to === null ? null : at(to) }, time)
}

describe('chooseWindow', () => {
  it.each<[UptimeWindowName, string, string]>([
    ['HOUR', '2026-11-22T12:07:45.000', 'VERDICTS'],
    ['DAY', '2026-11-21T13:00:00.000', 'VERDICTS'],
    ['WEEK', '2026-11-15T13:00:00.000', 'VERDICTS'],
    ['MONTH', '2026-10-23T13:00:00.000', 'VERDICTS'],
    ['QUARTER', '2026-08-24T13:00:00.000', 'ROLLUPS'],
    ['YEAR', '2025-11-22T13:00:00.000', 'ROLLUPS'],
  ])('%s ends with the last closed round', (window, from, basis) => {
    expect(choose(window, null, null)).toEqual({
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
    expect(choose(null, from, asked)).toEqual({ kind: 'window', from: at(chosenFrom), to: at(to), basis })
  })

  it.each<[UptimeWindowName | null, string | null, string | null, string]>([
    [null, null, null, 'window'],
    ['DAY', '11-20T00:00:00.000', null, 'window'],
    ['DAY', null, '11-20T00:00:00.000', 'window'],
    ['DAY', '11-20T00:00:00.000', '11-21T00:00:00.000', 'window'],
    [null, '11-20T00:00:00.000', null, 'to'],
    [null, null, '11-20T00:00:00.000', 'from'],
    [null, '11-20T00:00:00.000', '11-20T00:00:00.000', 'from'],
    [null, '11-20T00:00:00.000', '11-19T00:00:00.000', 'from'],
  ])('refuses window %s from %s to %s', (window, from, to, argument) => {
    expect(choose(window, from, to)).toMatchObject({ kind: 'fault', argument })
  })

  it.each<[string, string, string, [string, string]]>([
    ['08-24T23:59:59.999', '11-01T00:00:00.000', 'from', ['2026-08-24T23:45:00.000Z', '2026-08-25T00:00:00.000Z']],
    ['01-01T00:00:00.001', '11-01T00:00:00.000', 'from', ['2026-01-01T00:00:00.000Z', '2026-01-01T00:15:00.000Z']],
    ['01-01T00:00:00.000', '02-01T10:01:00.000', 'to', ['2026-02-01T10:00:00.000Z', '2026-02-01T10:15:00.000Z']],
  ])('refuses %s to %s, where only rollups are kept, with the nearest edges', (from, to, argument, nearest) => {
    expect(choose(null, from, to)).toMatchObject({ kind: 'fault', argument, nearest })
  })

  it('refuses what is longer than rollups are kept, with the limit', () => {
    const days = { ...known, rollupRetentionDays: 364 }
    expect(choose('YEAR', null, null, days)).toMatchObject({ kind: 'fault', argument: 'window', limit: 364 })
    expect(choose('QUARTER', null, null, days)).toMatchObject({ kind: 'window' })
    const month = { ...known, rollupRetentionDays: 30 }
    expect(choose(null, '10-22T23:45:00.000', '11-01T00:00:00.000', month)).toMatchObject({
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
    expect(choose('MONTH', null, null, time)).toMatchObject({ from: at('10-23T00:00:00.000'), to: midnight - 15_000 })
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
    expect(choose('HOUR', null, null, later)).toEqual({
      kind: 'window',
      from: at('11-22T12:00:00.000'),
      to: at('11-22T13:00:00.000'),
      basis: 'ROLLUPS',
    })
  })
})
