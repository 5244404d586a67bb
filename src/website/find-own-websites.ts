import type { Website } from '../generated/prisma/client.js'
import { ownerIn } from '../graph/actor.js'
import type { GraphContext } from '../graph/context.js'

/** Those of the caller's websites that are not deleted. */
export async function findOwnWebsites(context: GraphContext, ids: readonly string[]): Promise<Website[]> {
  const { userId } = ownerIn(context)
  return context.store.prisma.website.findMany({ where: { id: { in: [...ids] }, userId, deletedAt: null } })
}
