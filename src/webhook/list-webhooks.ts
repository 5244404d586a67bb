import { validate as isUuid } from 'uuid'
import type { Webhook } from '../generated/prisma/client.js'
import type { Parts } from '../parts.js'

export interface WebhookPage {
  userId: string
  /** Ids that the page lies between, both left out. */
  after?: string | undefined
  before?: string | undefined
  limit: number
  /** `descending` takes the page's items from the end. */
  order: 'ascending' | 'descending'
}

/** Some of an owner's webhooks, in the order of their ids, which is that of their making. */
export async function listWebhooks(
  { store }: Pick<Parts, 'store'>,
  { userId, after, before, limit, order }: WebhookPage,
): Promise<Webhook[]> {
  return store.prisma.webhook.findMany({
    where: { userId, deletedAt: null, id: { ...(after && { gt: after }), ...(before && { lt: before }) } },
    orderBy: { id: order === 'ascending' ? 'asc' : 'desc' },
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
