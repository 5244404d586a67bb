import type { MaintenanceWindow } from '../generated/prisma/client.js'
import { ownerIn } from '../graph/actor.js'
import type { GraphContext } from '../graph/context.js'

/** Those of the maintenance windows of the caller's websites that are not deleted, over or not. */
export async function findOwnWindows(context: GraphContext, ids: readonly string[]): Promise<MaintenanceWindow[]> {
  const { userId } = ownerIn(context)
  const website = { userId, deletedAt: null }
  return context.store.prisma.maintenanceWindow.findMany({ where: { id: { in: [...ids] }, deletedAt: null, website } })
}
