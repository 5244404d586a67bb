import { ownerIn } from '../graph/actor.js'
import { addResult } from '../graph/add-result.js'
import type { Builder } from '../graph/builder.js'
import { createMaintenanceWindow, type CreateMaintenanceWindowResult } from './create-maintenance-window.js'
import { deleteMaintenanceWindow, type DeleteMaintenanceWindowResult } from './delete-maintenance-window.js'
import type { WindowRefusal } from './judge-window.js'
import { updateMaintenanceWindow, type UpdateMaintenanceWindowResult } from './update-maintenance-window.js'
import type { WindowRef } from './window-type.js'

const INVALID_WINDOW: Record<WindowRefusal, string> = {
  INVALID_NAME: 'The name is blank, longer than 200 characters or not one line.',
  UNKNOWN_TIME_ZONE: 'The hub knows no IANA time zone of this name.',
  INVALID_TIMES: 'A time has the wrong form; `field` names it.',
  INVALID_WEEKDAYS: 'There is no weekday, one is not from 1 to 7, or one is repeated.',
  END_NOT_AFTER_START: 'A one-off window would end before or when it begins.',
  TOO_LONG: 'A one-off window would last longer than 90 days.',
  OVER: 'A one-off window is entirely in the past.',
}
const NOT_FOUND = 'The caller has no such maintenance window.'
const NAME = 'What it is for: one line of 1 to 200 characters.'
const TIME_ZONE = 'IANA name of its time zone, such as `Europe/Berlin`.'

export function addMaintenanceMutations(builder: Builder, window: WindowRef): void {
  const times = addTimesInput(builder)
  addCreate(builder, window, times)
  addUpdate(builder, window, times)
  addDelete(builder, window)
}

type TimesInput = ReturnType<typeof addTimesInput>

function addTimesInput(builder: Builder) {
  const oneOff = builder.inputType('OneOffTimesInput', {
    description: 'Wall-clock times of a window that runs once.',
    fields: (t) => ({
      startsAt: t.string({ description: 'When it begins, `YYYY-MM-DDTHH:mm`.' }),
      endsAt: t.string({ description: 'When it ends, `YYYY-MM-DDTHH:mm`; at most 90 days later.' }),
    }),
  })
  const weekly = builder.inputType('WeeklyTimesInput', {
    description: 'Wall-clock times of a window that runs every week.',
    fields: (t) => ({
      weekdays: t.intList({ description: 'The days on which it begins, 1 for Monday to 7 for Sunday, each once.' }),
      startTime: t.string({ description: 'When it begins, `HH:mm`.' }),
      endTime: t.string({ description: 'When it ends, `HH:mm`; on the next day if that is not after `startTime`.' }),
    }),
  })
  return builder.inputType('MaintenanceTimesInput', {
    description: 'When a maintenance window runs: exactly one of these.',
    isOneOf: true,
    fields: (t) => ({
      oneOff: t.field({ type: oneOff, required: false, description: 'Once.' }),
      weekly: t.field({ type: weekly, required: false, description: 'Every week.' }),
    }),
  })
}

function addCreate(builder: Builder, window: WindowRef, times: TimesInput): void {
  const result = addResult<CreateMaintenanceWindowResult>(
    builder,
    'CreateMaintenanceWindow',
    {
      description: 'The window counts for rounds that begin from now on.',
      fields: (t) => ({
        maintenanceWindow: t.field({
          type: window,
          description: 'The new window.',
          resolve: (created) => created.window,
        }),
      }),
    },
    {
      NOT_FOUND: 'The caller has no such website.',
      ...INVALID_WINDOW,
      TOO_MANY_WINDOWS: 'The website has 50 windows that are neither deleted nor over.',
    },
  )
  const input = builder.inputType('CreateMaintenanceWindowInput', {
    description: 'A maintenance window.',
    fields: (t) => ({
      websiteId: t.id({ description: 'ID of the website whose verdicts the window sets apart.' }),
      name: t.string({ description: NAME }),
      timeZone: t.string({ description: TIME_ZONE }),
      times: t.field({ type: times, description: 'When it runs.' }),
    }),
  })
  builder.mutationField('createMaintenanceWindow', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Adds a maintenance window to a website. It does not affect rounds that have begun.',
      args: { input: t.arg({ type: input, description: 'The window.' }) },
      resolve: (_root, args, context) => createMaintenanceWindow(context, ownerIn(context), args.input),
    }),
  )
}

function addUpdate(builder: Builder, window: WindowRef, times: TimesInput): void {
  const result = addResult<UpdateMaintenanceWindowResult>(
    builder,
    'UpdateMaintenanceWindow',
    {
      description: 'The window is changed for rounds that begin from now on.',
      fields: (t) => ({
        maintenanceWindow: t.field({
          type: window,
          description: 'The window as it is now.',
          resolve: (updated) => updated.window,
        }),
      }),
    },
    { NOT_FOUND, ...INVALID_WINDOW, OVER: 'The window is over, or its new times are entirely in the past.' },
  )
  const input = builder.inputType('UpdateMaintenanceWindowInput', {
    description: 'Changes to a maintenance window. Fields left out or null stay the same.',
    fields: (t) => ({
      id: t.id({ description: 'ID of the window.' }),
      name: t.string({ required: false, description: NAME }),
      timeZone: t.string({ required: false, description: TIME_ZONE }),
      times: t.field({ type: times, required: false, description: 'Its new times, of either kind.' }),
    }),
  })
  builder.mutationField('updateMaintenanceWindow', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description:
        'Changes a maintenance window. Rounds that have begun keep its old times; a window in progress continues if its new times include now, and ends at once if not.',
      args: { input: t.arg({ type: input, description: 'The changes.' }) },
      resolve: (_root, { input: { id, ...changes } }, context) =>
        updateMaintenanceWindow(context, ownerIn(context), { id, changes }),
    }),
  )
}

function addDelete(builder: Builder, window: WindowRef): void {
  const result = addResult<DeleteMaintenanceWindowResult>(
    builder,
    'DeleteMaintenanceWindow',
    {
      description: 'The window no longer counts for rounds that begin from now on.',
      fields: (t) => ({
        maintenanceWindow: t.field({
          type: window,
          description: 'The window as it last was.',
          resolve: (deleted) => deleted.window,
        }),
      }),
    },
    { NOT_FOUND },
  )
  builder.mutationField('deleteMaintenanceWindow', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Ends a maintenance window at once and for good. Verdicts made in it stay counted separately.',
      args: { id: t.arg.id({ description: 'ID of the window.' }) },
      resolve: (_root, { id }, context) => deleteMaintenanceWindow(context, ownerIn(context), { id }),
    }),
  )
}
