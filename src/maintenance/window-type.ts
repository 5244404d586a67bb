import type { MaintenanceKind } from '../generated/prisma/client.js'
import type { Builder, EnumRef, ObjectRef } from '../graph/builder.js'
import type { StandingWindow } from './find-windows.js'

export interface WindowRefs {
  maintenanceWindow: ObjectRef<StandingWindow>
  maintenanceKind: EnumRef<MaintenanceKind>
}

export function addWindowType(builder: Builder): WindowRefs {
  const maintenanceKind = builder.enumType('MaintenanceKind', {
    description: 'How often a maintenance window comes.',
    values: {
      ONE_OFF: { description: 'Once, from `startsAt` until `endsAt`.' },
      WEEKLY: { description: 'Every week on `weekdays`, from `startTime` until `endTime`.' },
    } satisfies Record<MaintenanceKind, object>,
  })
  const absent = (description: string) => ({ nullable: true, description }) as const
  const maintenanceWindow = builder.objectRef<StandingWindow>('MaintenanceWindow').implement({
    description:
      'A time in which verdicts of a website are kept but counted apart. Times are what a clock in `timeZone` shows, all year.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'What `deleteMaintenanceWindow` takes.' }),
      name: t.exposeString('name', { description: 'What it is for.' }),
      kind: t.expose('kind', { type: maintenanceKind, description: 'How often it comes.' }),
      timeZone: t.exposeString('timeZone', { description: 'IANA name of the zone of its clock.' }),
      startsAt: t.exposeString('startsAt', absent('ONE_OFF: when it begins, `YYYY-MM-DDTHH:mm`. Else null.')),
      endsAt: t.exposeString('endsAt', absent('ONE_OFF: when it is over, `YYYY-MM-DDTHH:mm`. Else null.')),
      weekdays: t.exposeIntList('weekdays', {
        description: 'WEEKLY: the days on which it begins, 1 for Monday to 7 for Sunday. Else empty.',
      }),
      startTime: t.exposeString('startTime', absent('WEEKLY: when it begins, `HH:mm`. Else null.')),
      endTime: t.exposeString(
        'endTime',
        absent('WEEKLY: when it is over, `HH:mm`; on the next day where that is not after `startTime`. Else null.'),
      ),
      createdAt: t.expose('createdAt', {
        type: 'DateTime',
        description: 'When it was made; it counts for rounds that begin from then on.',
      }),
      running: t.exposeBoolean('running', { description: 'Whether this moment lies in it.' }),
      nextStart: t.expose('nextStart', {
        type: 'DateTime',
        ...absent('The next instant at which it begins; null when it will not again.'),
      }),
      nextEnd: t.expose('nextEnd', {
        type: 'DateTime',
        ...absent('The next instant at which it is over, of the present time while it runs; null when there is none.'),
      }),
    }),
  })
  return { maintenanceWindow, maintenanceKind }
}
