import { recordChange } from '../audit/record-change.js'
import type { MaintenanceWindow } from '../generated/prisma/client.js'
import type { OwnerActor } from '../graph/actor.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { lockWindow, windowNotFound } from './lock-window.js'

export type DeleteMaintenanceWindowResult = { kind: 'deleted'; window: MaintenanceWindow } | Refusal<'NOT_FOUND'>

/** Ends a window at once. Its row stays, for rounds that began before and have not been closed yet. */
export async function deleteMaintenanceWindow(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  actor: OwnerActor,
  { id }: { id: string },
): Promise<DeleteMaintenanceWindowResult> {
  const window = await store.change(async (faces) => {
    if ((await lockWindow(faces, actor.userId, id)) === null) return null
    const now = clock.now()
    const subject = ['MaintenanceWindow', id] as const
    await recordChange(faces.sql, actor, { at: now, action: 'deleteMaintenanceWindow', subject })
    return faces.prisma.maintenanceWindow.update({ where: { id }, data: { deletedAt: new Date(now) } })
  })
  if (window === null) return windowNotFound()
  bus.publish('websiteChanged', { websiteId: window.websiteId, userId: actor.userId, cause: 'UPDATED' })
  return { kind: 'deleted', window }
}
