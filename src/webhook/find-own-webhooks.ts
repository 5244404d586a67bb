import { ownerIn } from '../graph/actor.js'
import type { GraphContext } from '../graph/context.js'
import type { Webhook } from '../generated/prisma/client.js'

/** Those of the caller's webhooks that are not deleted. */
export async function findOwnWebhooks(context: GraphContext, ids: readonly string[]): Promise<Webhook[]> {
  const { userId } = ownerIn(context)
  return context.store.prisma.webhook.findMany({ where: { id: { in: [...ids] }, userId, deletedAt: null } })
}
