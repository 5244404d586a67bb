import type { User } from '../generated/prisma/client.js'
import { ownerIn } from '../graph/actor.js'
import type { GraphContext } from '../graph/context.js'

/** The caller, where these IDs name them: owners see no other owner. */
export async function findSelf(context: GraphContext, ids: readonly string[]): Promise<User[]> {
  const { userId } = ownerIn(context)
  return context.store.prisma.user.findMany({ where: { id: { in: ids.filter((id) => id === userId) } } })
}
