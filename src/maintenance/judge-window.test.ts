import { describe, expect, it } from 'vitest'
import { judgeWindow, type SaidWindow } from './judge-window.js'

const NOW = Date.parse('2026-11-22T13:00:00.000Z')
const ONCE: SaidWindow = {
  name: 'Move',
  kind: 'ONE_OFF',
  timeZone: 'Europe/Berlin',
  startsAt: '2026-11-22T20:00',
  endsAt: '2026-11-23T06:00',
}
const WEEKLY: SaidWindow = {
  name: 'Backup',
  kind: 'WEEKLY',
  timeZone: 'Europe/Berlin',
  weekdays: [1, 7],
  startTime: '23:00',
  endTime: '01:00',
}

describe('judgeWindow takes', () => {
  it('a one-off and a weekly one, with the name trimmed and the days in order', () => {
    const { name: _, ...times } = ONCE
    expect(judgeWindow({ ...ONCE, name: ' Move ' }, NOW)).toEqual({ kind: 'good', name: 'Move', times })
    expect(judgeWindow({ ...WEEKLY, weekdays: [7, 1, 3] }, NOW)).toMatchObject({ times: { weekdays: [1, 3, 7] } })
  })

  it.each<[string, SaidWindow]>([
    ['one that runs already', { ...ONCE, startsAt: '2026-11-20T00:00', endsAt: '2026-11-22T14:01' }],
    ['90 days', { ...ONCE, startsAt: '2026-11-22T20:00', endsAt: '2027-02-20T20:00' }],
    ['a leap day', { ...ONCE, startsAt: '2028-02-29T00:00', endsAt: '2028-02-29T23:59' }],
    ['a time that the clock skips', { ...ONCE, startsAt: '2027-03-28T02:15', endsAt: '2027-03-28T02:45' }],
    ['times of the other kind that are null', { ...ONCE, weekdays: null, startTime: null, endTime: null }],
    ['an end as the start', { ...WEEKLY, startTime: '00:00', endTime: '00:00' }],
    ['UTC', { ...WEEKLY, timeZone: 'UTC' }],
    ['a zone without daylight saving', { ...WEEKLY, timeZone: 'Etc/GMT+3' }],
    ['a zone of three words', { ...WEEKLY, timeZone: 'America/Argentina/Buenos_Aires' }],
    ['an old name of a zone', { ...WEEKLY, timeZone: 'Asia/Calcutta' }],
  ])('%s', (_, said) => {
    expect(judgeWindow(said, NOW)).toMatchObject({ kind: 'good', times: { kind: said.kind, timeZone: said.timeZone } })
  })
})

describe('judgeWindow refuses', () => {
  it.each<[string, SaidWindow]>([
    ['INVALID_NAME', { ...ONCE, name: ' ' }],
    ['INVALID_NAME', { ...ONCE, name: 'a'.repeat(201) }],
    ['INVALID_NAME', { ...WEEKLY, name: 'a\nb' }],
    ...[
      '',
      'Mars/Olympus_Mons',
      '+02:00',
      'Z',
      'local',
      'Europe/Berlin\u0000',
      '2026-01-01T00:00[UTC]',
      'U'.repeat(9_999),
    ].map((timeZone): [string, SaidWindow] => ['UNKNOWN_TIME_ZONE', { ...WEEKLY, timeZone }]),
    ...[
      '',
      '2026-11-22',
      '2026-11-22 20:00',
      '2026-11-22T20:00:00',
      '2026-11-22T20:00Z',
      '22026-11-22T20:00',
      '2026-02-30T20:00',
      '2027-02-29T20:00',
      '2026-13-01T20:00',
      '2026-11-22T24:00',
      '2026-11-22T20:60',
    ].map((startsAt): [string, SaidWindow] => ['INVALID_TIMES', { ...ONCE, startsAt }]),
    ['INVALID_TIMES', { ...ONCE, startsAt: null }],
    ['INVALID_TIMES', { ...ONCE, endsAt: undefined }],
    ['INVALID_TIMES', { ...ONCE, weekdays: [1] }],
    ['INVALID_TIMES', { ...ONCE, startTime: '20:00' }],
    ['INVALID_TIMES', { ...ONCE, endTime: '20:00' }],
    ...['', '1:00', '24:00', '00:60', '00:00:00', '٠٠:٠٠', '00:00 '].map((endTime): [string, SaidWindow] => [
      'INVALID_TIMES',
      { ...WEEKLY, endTime },
    ]),
    ['INVALID_TIMES', { ...WEEKLY, startTime: null }],
    ['INVALID_TIMES', { ...WEEKLY, startsAt: '2026-11-22T20:00' }],
    ['INVALID_TIMES', { ...WEEKLY, endsAt: '2026-11-22T20:00' }],
    ...[null, undefined, [], [0], [8], [1.5], [1, 1], [1, -2]].map((weekdays): [string, SaidWindow] => [
      'INVALID_WEEKDAYS',
      { ...WEEKLY, weekdays },
    ]),
    ['END_NOT_AFTER_START', { ...ONCE, endsAt: '2026-11-22T20:00' }],
    ['END_NOT_AFTER_START', { ...ONCE, endsAt: '2026-11-22T19:59' }],
    ['TOO_LONG', { ...ONCE, endsAt: '2027-02-20T20:01' }],
    ['OVER', { ...ONCE, startsAt: '2026-11-22T13:00', endsAt: '2026-11-22T14:00' }],
    ['OVER', { ...ONCE, startsAt: '0001-01-01T00:00', endsAt: '0001-01-02T00:00' }],
  ])('%s: %j', (reason, said) => {
    const message = expect.stringMatching(/^[^.]+.*\.$/)
    expect(judgeWindow(said, NOW)).toEqual({ kind: 'refused', reason, message })
  })
})
