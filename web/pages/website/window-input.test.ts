import { describe, expect, it } from 'vitest'
import { newWindow, windowInput, windowValues } from './window-input'

describe('a maintenance window in its form', () => {
  it('sends the times of its kind alone', () => {
    const once = {
      ...newWindow('Europe/Berlin'),
      name: 'Move',
      startsAt: '2026-12-05T22:00',
      endsAt: '2026-12-05T23:30',
    }
    expect(windowInput(once)).toEqual({
      name: 'Move',
      timeZone: 'Europe/Berlin',
      times: { oneOff: { startsAt: '2026-12-05T22:00', endsAt: '2026-12-05T23:30' } },
    })
    expect(
      windowInput({ ...once, kind: 'WEEKLY', weekdays: [7, 6], startTime: '23:00', endTime: '01:30' }).times,
    ).toEqual({ weekly: { weekdays: [6, 7], startTime: '23:00', endTime: '01:30' } })
  })

  it('comes back as it was sent', () => {
    const values = windowValues({
      id: '1',
      name: 'Backup',
      kind: 'WEEKLY',
      timeZone: 'UTC',
      startsAt: null,
      endsAt: null,
      weekdays: [7],
      startTime: '02:00',
      endTime: '03:00',
      running: false,
      nextStartsAt: null,
      nextEndsAt: null,
    })
    expect(windowInput(values)).toEqual({
      name: 'Backup',
      timeZone: 'UTC',
      times: { weekly: { weekdays: [7], startTime: '02:00', endTime: '03:00' } },
    })
  })
})
