import type { MaintenanceTimesInput } from '../../client/graphql'
import type { Window } from './page-data'

/** A maintenance window as its form holds it: both kinds of times, so that changing the kind loses nothing. */
export interface WindowValues {
  name: string
  timeZone: string
  kind: 'ONE_OFF' | 'WEEKLY'
  startsAt: string
  endsAt: string
  weekdays: readonly number[]
  startTime: string
  endTime: string
}

export const WINDOW_FIELDS = [
  'name',
  'timeZone',
  'times.oneOff.startsAt',
  'times.oneOff.endsAt',
  'times.weekly.weekdays',
  'times.weekly.startTime',
  'times.weekly.endTime',
] as const

export function newWindow(timeZone: string): WindowValues {
  return { name: '', timeZone, kind: 'ONE_OFF', startsAt: '', endsAt: '', weekdays: [], startTime: '', endTime: '' }
}

export function windowValues(window: Window): WindowValues {
  return {
    name: window.name,
    timeZone: window.timeZone,
    kind: window.kind,
    startsAt: window.startsAt ?? '',
    endsAt: window.endsAt ?? '',
    weekdays: window.weekdays,
    startTime: window.startTime ?? '',
    endTime: window.endTime ?? '',
  }
}

export function windowInput({ name, timeZone, kind, ...times }: WindowValues): {
  name: string
  timeZone: string
  times: MaintenanceTimesInput
} {
  const { startsAt, endsAt, weekdays, startTime, endTime } = times
  return {
    name,
    timeZone: timeZone.trim(),
    times:
      kind === 'ONE_OFF'
        ? { oneOff: { startsAt, endsAt } }
        : { weekly: { weekdays: weekdays.toSorted((a, b) => a - b), startTime, endTime } },
  }
}
