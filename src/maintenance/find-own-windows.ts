import { ownerIn } from '../graph/actor.js'
import type { GraphContext } from '../graph/context.js'
import { describeWindow, type StandingWindow } from './find-windows.js'

/** Those of the maintenance windows of the caller's websites that are not deleted, over or not. */
export async function findOwnWindows(context: GraphContext, ids: readonly string[]): Promise<StandingWindow[]> {
  const { userId } = ownerIn(context)
  const website = { userId, deletedAt: null }
  const windows = await context.store.prisma.maintenanceWindow.findMany({
    where: { id: { in: [...ids] }, deletedAt: null, website },
  })
  return windows.map((window) => describeWindow(window, context.clock.now()))
}
