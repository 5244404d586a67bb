import { validate as isUuid } from 'uuid'
import type { Webhook } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import type { Parts } from '../parts.js'

export interface WebhookPage extends PageSlice {
  userId: string
}

/** Some of an owner's webhooks, in the order of their ids, which is that of their making. */
export async function listWebhooks(
  { store }: Pick<Parts, 'store'>,
  { userId, olderThan, newerThan, limit, order }: WebhookPage,
): Promise<Webhook[]> {
  return store.prisma.webhook.findMany({
    where: {
      userId,
      deletedAt: null,
      id: { ...(olderThan && { lt: olderThan }), ...(newerThan && { gt: newerThan }) },
    },
    orderBy: { id: order === 'oldestFirst' ? 'asc' : 'desc' },
    take: limit,
  })
}

export async function countWebhooks({ store }: Pick<Parts, 'store'>, userId: string): Promise<number> {
  return store.prisma.webhook.count({ where: { userId, deletedAt: null } })
}

/** An owner's webhook; null when there is none, it is deleted or it is somebody else's. */
export async function findWebhook(
  { store }: Pick<Parts, 'store'>,
  { userId, id }: { userId: string; id: string },
): Promise<Webhook | null> {
  if (!isUuid(id)) return null
  return store.prisma.webhook.findFirst({ where: { id, userId, deletedAt: null } })
}
