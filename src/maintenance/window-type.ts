import { createContextCache } from '@pothos/core'
import type { MaintenanceKind } from '../generated/prisma/client.js'
import type { Builder, EnumRef, ModelRef } from '../graph/builder.js'
import type { GraphContext } from '../graph/context.js'
import { isRunning, nextTimesOf } from './standing-windows.js'
import { rememberClocks } from './zone-clock.js'
import { atMost } from '../graph/items-max.js'

export type WindowRef = ModelRef<'MaintenanceWindow'>

export function addWindowType(builder: Builder): WindowRef {
  const maintenanceKind = addMaintenanceKind(builder)
  const clocksOf = createContextCache((_context: GraphContext) => rememberClocks())
  const absent = (description: string) => ({ nullable: true, description }) as const
  const instant = (at: number | null) => (at === null ? null : new Date(at))
  return builder.prismaObject('MaintenanceWindow', {
    description:
      "A time in which a website's verdicts are kept but counted separately. Its times are wall-clock times in `timeZone`.",
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Never changes.' }),
      name: t.exposeString('name', { description: 'What it is for.' }),
      kind: t.expose('kind', { type: maintenanceKind, description: 'How often it runs.' }),
      timeZone: t.exposeString('timeZone', { description: 'IANA name of its time zone.' }),
      startsAt: t.exposeString('startsAt', absent('ONE_OFF: when it begins, `YYYY-MM-DDTHH:mm`. Else null.')),
      endsAt: t.exposeString('endsAt', absent('ONE_OFF: when it ends, `YYYY-MM-DDTHH:mm`. Else null.')),
      weekdays: t.exposeIntList('weekdays', {
        description: 'WEEKLY: the days on which it begins, 1 for Monday to 7 for Sunday. Else empty.',
        extensions: atMost(7),
      }),
      startTime: t.exposeString('startTime', absent('WEEKLY: when it begins, `HH:mm`. Else null.')),
      endTime: t.exposeString(
        'endTime',
        absent('WEEKLY: when it ends, `HH:mm`; on the next day if that is not after `startTime`. Else null.'),
      ),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
      changedAt: t.expose('changedAt', {
        type: 'DateTime',
        ...absent(
          'When its times were last changed; null if they never were. It counts for rounds that begin from then on, or from `createdAt` on.',
        ),
      }),
      running: t.boolean({
        description: 'Whether it is in progress.',
        resolve: (window, _arguments, context) => isRunning(window, context.clock.now(), clocksOf(context)),
      }),
      nextStartsAt: t.field({
        type: 'DateTime',
        ...absent('When it begins next; null if it will not begin again.'),
        resolve: (window, _arguments, context) =>
          instant(nextTimesOf(window, context.clock.now(), clocksOf(context)).startsAt),
      }),
      nextEndsAt: t.field({
        type: 'DateTime',
        ...absent('When it ends next: the current run if it is in progress, else the next one. Null if there is none.'),
        resolve: (window, _arguments, context) =>
          instant(nextTimesOf(window, context.clock.now(), clocksOf(context)).endsAt),
      }),
      website: t.relation('website', { description: 'The website whose verdicts are counted separately.' }),
    }),
  })
}

function addMaintenanceKind(builder: Builder): EnumRef<MaintenanceKind> {
  return builder.enumType('MaintenanceKind', {
    description: 'How often a maintenance window runs.',
    values: {
      ONE_OFF: { description: 'Once, from `startsAt` until `endsAt`.' },
      WEEKLY: { description: 'Every week on `weekdays`, from `startTime` until `endTime`.' },
    } satisfies Record<MaintenanceKind, object>,
  })
}
