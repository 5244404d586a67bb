import { describe, expect, it } from 'vitest'
import { chooseRange, type UptimeWindow } from './uptime-range.js'

const at = (text: string) => Date.parse(`2026-11-${text}Z`)
const lastEnded = { roundAt: at('22T13:00:00.000'), deadlineAt: at('22T13:00:45.000') }
const known = { now: at('22T13:00:50.000'), lastEnded, tickRetentionDays: 7 }

function choose(window: UptimeWindow | null, from: string | null, to: string | null, time = known) {
  return chooseRange({ window, from: from === null ? null : at(from), to: to === null ? null : at(to) }, time)
}

describe('chooseRange', () => {
  it.each<[UptimeWindow, string]>([
    ['HOUR', '22T12:00:45.000'],
    ['DAY', '21T13:00:45.000'],
    ['WEEK', '15T13:00:45.000'],
  ])('%s ends with the last ended round', (window, from) => {
    expect(choose(window, null, null)).toEqual({
      kind: 'range',
      from: at(from),
      to: lastEnded.deadlineAt,
      until: lastEnded.roundAt + 1,
    })
  })

  it.each<[string, string, string, string, string]>([
    ['lets both ends stand', '20T00:00:00.000', '21T00:00:00.000', '21T00:00:00.000', '21T00:00:00.000'],
    [
      'never ends after the last ended round',
      '20T00:00:00.000',
      '30T00:00:00.000',
      '22T13:00:45.000',
      '22T13:00:00.001',
    ],
    ['is empty after it', '23T00:00:00.000', '24T00:00:00.000', '23T00:00:00.000', '22T13:00:00.001'],
    ['begins with what is kept', '15T00:00:00.000', '15T00:01:00.000', '15T00:01:00.000', '15T00:01:00.000'],
  ])('%s', (_, from, asked, to, until) => {
    expect(choose(null, from, asked)).toEqual({ kind: 'range', from: at(from), to: at(to), until: at(until) })
  })

  it('counts nothing while no round has ended', () => {
    const { now } = known
    expect(chooseRange({ window: 'HOUR', from: null, to: null }, { ...known, lastEnded: null })).toEqual({
      kind: 'range',
      from: now - 3_600_000,
      to: now,
      until: now - 3_600_000,
    })
  })

  it('cuts a window that is as long as the retention where nothing is kept', () => {
    const midnight = at('22T00:00:00.000')
    const time = {
      ...known,
      now: midnight + 10_000,
      lastEnded: { roundAt: midnight - 60_000, deadlineAt: midnight - 15_000 },
    }
    expect(choose('WEEK', null, null, time)).toMatchObject({ from: at('15T00:00:00.000'), to: midnight - 15_000 })
  })

  it.each<[UptimeWindow | null, string | null, string | null, string]>([
    [null, null, null, 'window'],
    ['DAY', '20T00:00:00.000', null, 'window'],
    ['DAY', null, '20T00:00:00.000', 'window'],
    ['DAY', '20T00:00:00.000', '21T00:00:00.000', 'window'],
    [null, '20T00:00:00.000', null, 'to'],
    [null, null, '20T00:00:00.000', 'from'],
    [null, '20T00:00:00.000', '20T00:00:00.000', 'from'],
    [null, '20T00:00:00.000', '19T00:00:00.000', 'from'],
  ])('refuses window %s from %s to %s', (window, from, to, argument) => {
    expect(choose(window, from, to)).toMatchObject({ kind: 'fault', argument })
  })

  it('refuses what is longer than ticks are kept, with the limit', () => {
    const days6 = { ...known, tickRetentionDays: 6 }
    expect(choose('WEEK', null, null, days6)).toMatchObject({ kind: 'fault', argument: 'window', limit: 6 })
    expect(choose(null, '14T23:59:59.999', '20T00:00:00.000')).toMatchObject({
      kind: 'fault',
      argument: 'from',
      limit: '2026-11-15T00:00:00.000Z',
    })
  })
})
