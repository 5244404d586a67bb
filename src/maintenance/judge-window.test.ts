import { describe, expect, it } from 'vitest'
import { judgeWindow, type SaidWindow } from './judge-window.js'

const NOW = Date.parse('2026-11-22T13:00:00.000Z')
const ONE_OFF = { startsAt: '2026-11-22T20:00', endsAt: '2026-11-23T06:00' }
const WEEKDAYS = { weekdays: [1, 7], startTime: '23:00', endTime: '01:00' }
const once = (times: Partial<typeof ONE_OFF> = {}, others: Partial<SaidWindow> = {}): SaidWindow => ({
  name: 'Move',
  timeZone: 'Europe/Berlin',
  times: { oneOff: { ...ONE_OFF, ...times } },
  ...others,
})
const weekly = (times: Partial<typeof WEEKDAYS> = {}, others: Partial<SaidWindow> = {}): SaidWindow => ({
  name: 'Backup',
  timeZone: 'Europe/Berlin',
  times: { weekly: { ...WEEKDAYS, ...times } },
  ...others,
})

const FIELDS: Readonly<Record<string, RegExp>> = {
  INVALID_NAME: /^name$/,
  UNKNOWN_TIME_ZONE: /^timeZone$/,
  INVALID_TIMES: /^times\.(oneOff\.startsAt|weekly\.endTime)$/,
  INVALID_WEEKDAYS: /^times\.weekly\.weekdays$/,
  END_NOT_AFTER_START: /^times\.oneOff\.endsAt$/,
  TOO_LONG: /^times\.oneOff\.endsAt$/,
  OVER: /^times\.oneOff\.endsAt$/,
}

describe('judgeWindow takes', () => {
  it('a one-off and a weekly one, with the name trimmed and the days in order', () => {
    const times = { kind: 'ONE_OFF', timeZone: 'Europe/Berlin', ...ONE_OFF }
    expect(judgeWindow(once({}, { name: ' Move ' }), NOW)).toEqual({ kind: 'good', name: 'Move', times })
    expect(judgeWindow(weekly({ weekdays: [7, 1, 3] }), NOW)).toMatchObject({ times: { weekdays: [1, 3, 7] } })
  })

  it.each<[string, SaidWindow]>([
    ['one that runs already', once({ startsAt: '2026-11-20T00:00', endsAt: '2026-11-22T14:01' })],
    ['90 days', once({ startsAt: '2026-11-22T20:00', endsAt: '2027-02-20T20:00' })],
    ['a leap day', once({ startsAt: '2028-02-29T00:00', endsAt: '2028-02-29T23:59' })],
    ['a time that the clock skips', once({ startsAt: '2027-03-28T02:15', endsAt: '2027-03-28T02:45' })],
    ['an end as the start', weekly({ startTime: '00:00', endTime: '00:00' })],
    ['UTC', weekly({}, { timeZone: 'UTC' })],
    ['a zone without daylight saving', weekly({}, { timeZone: 'Etc/GMT+3' })],
    ['a zone of three words', weekly({}, { timeZone: 'America/Argentina/Buenos_Aires' })],
    ['an old name of a zone', weekly({}, { timeZone: 'Asia/Calcutta' })],
  ])('%s', (_, said) => {
    const kind = said.times.oneOff ? 'ONE_OFF' : 'WEEKLY'
    expect(judgeWindow(said, NOW)).toMatchObject({ kind: 'good', times: { kind, timeZone: said.timeZone } })
  })
})

describe('judgeWindow refuses', () => {
  it.each<[string, SaidWindow]>([
    ['INVALID_NAME', once({}, { name: ' ' })],
    ['INVALID_NAME', once({}, { name: 'a'.repeat(201) })],
    ['INVALID_NAME', weekly({}, { name: 'a\nb' })],
    ...[
      '',
      'Mars/Olympus_Mons',
      '+02:00',
      'Z',
      'local',
      'Europe/Berlin\u0000',
      '2026-01-01T00:00[UTC]',
      'U'.repeat(9_999),
    ].map((timeZone): [string, SaidWindow] => ['UNKNOWN_TIME_ZONE', weekly({}, { timeZone })]),
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
    ].map((startsAt): [string, SaidWindow] => ['INVALID_TIMES', once({ startsAt })]),
    ...['', '1:00', '24:00', '00:60', '00:00:00', '٠٠:٠٠', '00:00 '].map((endTime): [string, SaidWindow] => [
      'INVALID_TIMES',
      weekly({ endTime }),
    ]),
    ...[[], [0], [8], [1.5], [1, 1], [1, -2]].map((weekdays): [string, SaidWindow] => [
      'INVALID_WEEKDAYS',
      weekly({ weekdays }),
    ]),
    ['END_NOT_AFTER_START', once({ endsAt: '2026-11-22T20:00' })],
    ['END_NOT_AFTER_START', once({ endsAt: '2026-11-22T19:59' })],
    ['TOO_LONG', once({ endsAt: '2027-02-20T20:01' })],
    ['OVER', once({ startsAt: '2026-11-22T13:00', endsAt: '2026-11-22T14:00' })],
    ['OVER', once({ startsAt: '0001-01-01T00:00', endsAt: '0001-01-02T00:00' })],
  ])('%s: %j', (reason, said) => {
    const message = expect.stringMatching(/^[^.]+.*\.$/)
    const field = expect.stringMatching(FIELDS[reason] ?? /^$/)
    expect(judgeWindow(said, NOW)).toEqual({
      kind: 'refused',
      reason,
      field,
      message,
      faults: [{ reason, field, message }],
    })
  })

  it('and says all that is wrong, each with its field', () => {
    const others = { name: '', timeZone: 'Z' }
    const judgedOnce = judgeWindow(once({ startsAt: '', endsAt: 'x' }, others), NOW)
    const judgedWeekly = judgeWindow(weekly({ weekdays: [], startTime: '', endTime: '9:00' }, others), NOW)
    const fieldsOf = (judged: typeof judgedOnce) =>
      judged.kind === 'refused' ? judged.faults.map(({ field }) => field) : []
    expect(fieldsOf(judgedOnce)).toEqual(['name', 'timeZone', 'times.oneOff.startsAt', 'times.oneOff.endsAt'])
    const ofWeekly = ['times.weekly.weekdays', 'times.weekly.startTime', 'times.weekly.endTime']
    expect(fieldsOf(judgedWeekly)).toEqual(['name', 'timeZone', ...ofWeekly])
  })
})
