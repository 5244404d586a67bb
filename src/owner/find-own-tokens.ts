import type { ApiToken } from '../generated/prisma/client.js'
import { ownerIn } from '../graph/actor.js'
import type { GraphContext } from '../graph/context.js'

/** Those of the caller's API tokens that work. */
export async function findOwnTokens(context: GraphContext, ids: readonly string[]): Promise<ApiToken[]> {
  const { userId } = ownerIn(context)
  return context.store.prisma.apiToken.findMany({
    where: { id: { in: [...ids] }, userId, kind: 'API', revokedAt: null },
  })
}
