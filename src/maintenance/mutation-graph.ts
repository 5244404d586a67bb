import type { Builder } from '../graph/builder.js'
import { requireOwner } from '../graph/context.js'
import { addResultOf } from '../graph/add-result.js'
import { createMaintenanceWindow } from './create-maintenance-window.js'
import { deleteMaintenanceWindow } from './delete-maintenance-window.js'
import type { StandingWindow } from './find-windows.js'
import type { WindowRefs } from './window-type.js'

export function addMaintenanceMutations(builder: Builder, refs: WindowRefs): void {
  addCreate(builder, refs)
  addDelete(builder, refs)
}

function addCreate(builder: Builder, { maintenanceWindow, maintenanceKind }: WindowRefs): void {
  const result = addResultOf(
    builder,
    'CreateMaintenanceWindow',
    addSuccess<'created'>(
      builder,
      'CreateMaintenanceWindowSuccess',
      'The window counts for rounds that begin from now on.',
      maintenanceWindow,
    ),
    {
      NOT_FOUND: 'The caller has no such website.',
      INVALID_NAME: 'The name is blank, longer than 200 characters or not one line.',
      UNKNOWN_TIME_ZONE: 'The hub knows no IANA zone of this name.',
      INVALID_TIMES: 'Times of its kind are missing or misspelt, or there are some of the other kind.',
      INVALID_WEEKDAYS: 'There is no weekday, one that is not from 1 to 7, or one twice.',
      END_NOT_AFTER_START: 'A ONE_OFF window would end before or when it begins.',
      TOO_LONG: 'A ONE_OFF window would last longer than 90 days.',
      OVER: 'A ONE_OFF window lies in the past altogether.',
      TOO_MANY_WINDOWS: 'The website has 50 windows that are neither deleted nor over.',
    },
  )
  const input = builder.inputType('CreateMaintenanceWindowInput', {
    description: 'A maintenance window. Its kind says which times it needs; the others are left out.',
    fields: (t) => ({
      websiteId: t.id({ description: 'Whose verdicts are counted apart.' }),
      name: t.string({ description: 'What it is for: one line of 1 to 200 characters.' }),
      kind: t.field({ type: maintenanceKind, description: 'How often it comes.' }),
      timeZone: t.string({ description: 'IANA name of the zone of its clock, such as `Europe/Berlin`.' }),
      startsAt: t.string({ required: false, description: 'ONE_OFF: when it begins, `YYYY-MM-DDTHH:mm`.' }),
      endsAt: t.string({
        required: false,
        description: 'ONE_OFF: when it is over, `YYYY-MM-DDTHH:mm`; at most 90 days later.',
      }),
      weekdays: t.intList({
        required: false,
        description: 'WEEKLY: the days on which it begins, 1 for Monday to 7 for Sunday, each once.',
      }),
      startTime: t.string({ required: false, description: 'WEEKLY: when it begins, `HH:mm`.' }),
      endTime: t.string({
        required: false,
        description: 'WEEKLY: when it is over, `HH:mm`; on the next day where that is not after `startTime`.',
      }),
    }),
  })
  builder.mutationField('createMaintenanceWindow', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: "Has a website's verdicts counted apart in a window, never those of rounds before.",
      args: { input: t.arg({ type: input, description: 'The window.' }) },
      resolve: (_root, { input: said }, context) =>
        createMaintenanceWindow(context, { ...said, userId: requireOwner(context) }),
    }),
  )
}

function addDelete(builder: Builder, { maintenanceWindow }: WindowRefs): void {
  const result = addResultOf(
    builder,
    'DeleteMaintenanceWindow',
    addSuccess<'deleted'>(
      builder,
      'DeleteMaintenanceWindowSuccess',
      'The window counts for no round that begins from now on.',
      maintenanceWindow,
    ),
    { NOT_FOUND: 'The caller has no such maintenance window.' },
  )
  builder.mutationField('deleteMaintenanceWindow', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Ends a maintenance window at once and for good. Verdicts that were made in it stay counted apart.',
      args: { id: t.arg.id({ description: 'Which window.' }) },
      resolve: (_root, { id }, context) => deleteMaintenanceWindow(context, { userId: requireOwner(context), id }),
    }),
  )
}

function addSuccess<Kind extends string>(
  builder: Builder,
  name: string,
  description: string,
  maintenanceWindow: WindowRefs['maintenanceWindow'],
) {
  return builder.objectRef<{ kind: Kind; window: StandingWindow }>(name).implement({
    description,
    fields: (t) => ({
      maintenanceWindow: t.field({
        type: maintenanceWindow,
        description: 'The window as it is now.',
        resolve: ({ window }) => window,
      }),
    }),
  })
}
