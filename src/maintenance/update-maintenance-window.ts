import { isDeepStrictEqual } from 'node:util'
import { v7 as uuid } from 'uuid'
import { describeInput } from '../audit/describe-input.js'
import { recordChange } from '../audit/record-change.js'
import type { MaintenanceWindow } from '../generated/prisma/client.js'
import type { OwnerActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import type { Faces } from '../store/store.js'
import { judgeWindow, type SaidWindow, saidTimesOf, type WindowRefusal } from './judge-window.js'
import { lockWindow, windowNotFound } from './lock-window.js'
import { isOver } from './standing-windows.js'
import { columnsOf, timesOf, type WindowTimes } from './window-times.js'

export interface WindowUpdate {
  id: string
  /** What is left out stays as it is. */
  changes: { [Field in keyof SaidWindow]?: SaidWindow[Field] | null | undefined }
}

export type UpdateMaintenanceWindowResult =
  | { kind: 'updated'; window: MaintenanceWindow }
  | Refusal<WindowRefusal | 'NOT_FOUND'>

/**
 * Changes a window for rounds that begin from now on. Rounds that began before keep the times it had, also those that
 * are not closed yet; one that is running goes on if now lies in its new times, and ends at once if not.
 */
export async function updateMaintenanceWindow(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  actor: OwnerActor,
  { id, changes }: WindowUpdate,
): Promise<UpdateMaintenanceWindowResult> {
  const outcome = await store.change(async (faces) => {
    const window = await lockWindow(faces, actor.userId, id)
    if (window === null) return windowNotFound()
    const now = clock.now()
    if (isOver(window, now)) return refuse('OVER', 'This window is over; create another one.', 'id')
    const judged = judgeWindow(saidAfter(window, changes), now)
    if (judged.kind === 'refused') return judged
    const updated = await carryOut(faces, window, judged, now)
    if (updated === window) return { kind: 'unchanged', window } as const
    const detail = describeInput({ ...changes }, 'NAMES')
    const subject = ['MaintenanceWindow', id] as const
    await recordChange(faces.sql, actor, { at: now, action: 'updateMaintenanceWindow', subject, detail })
    return { kind: 'updated', window: updated } as const
  })
  if (outcome.kind === 'unchanged') return { kind: 'updated', window: outcome.window }
  if (outcome.kind === 'updated') {
    const { websiteId } = outcome.window
    bus.publish('websiteChanged', { websiteId, userId: actor.userId, cause: 'UPDATED' })
  }
  return outcome
}

function saidAfter(window: MaintenanceWindow, { name, timeZone, times }: WindowUpdate['changes']): SaidWindow {
  return {
    name: name ?? window.name,
    timeZone: timeZone ?? window.timeZone,
    times: times ?? saidTimesOf(timesOf(window)),
  }
}

/** Returns the window itself where there is nothing to change. */
async function carryOut(
  { prisma }: Faces,
  window: MaintenanceWindow,
  { name, times }: { name: string; times: WindowTimes },
  now: number,
): Promise<MaintenanceWindow> {
  const { id, ...past } = window
  const hasTimes = isDeepStrictEqual(times, timesOf(window))
  if (hasTimes && name === window.name) return window
  if (hasTimes) return prisma.maintenanceWindow.update({ where: { id }, data: { name } })
  // For the rounds before, what the window was is as good as another window that is deleted now.
  await prisma.maintenanceWindow.create({ data: { ...past, id: uuid(), deletedAt: new Date(now) } })
  const data = { name, ...columnsOf(times), changedAt: new Date(now) }
  return prisma.maintenanceWindow.update({ where: { id }, data })
}
