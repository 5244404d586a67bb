import type { Channel } from '../generated/prisma/client.js'
import { ownerIn } from '../graph/actor.js'
import type { GraphContext } from '../graph/context.js'

/** Those of the caller's webhooks that are not deleted. */
export async function findOwnWebhooks(context: GraphContext, ids: readonly string[]): Promise<Channel[]> {
  const { userId } = ownerIn(context)
  return context.store.prisma.channel.findMany({
    where: { id: { in: [...ids] }, userId, kind: 'WEBHOOK', deletedAt: null },
  })
}
