import { validate as isUuid } from 'uuid'
import type { Channel } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import type { Parts } from '../parts.js'

export interface ChannelPage extends PageSlice {
  userId: string
}

export async function listChannels(
  { store }: Pick<Parts, 'store'>,
  { userId, olderThan, newerThan, limit, order }: ChannelPage,
): Promise<Channel[]> {
  return store.prisma.channel.findMany({
    where: {
      userId,
      deletedAt: null,
      id: { ...(olderThan && { lt: olderThan }), ...(newerThan && { gt: newerThan }) },
    },
    orderBy: { id: order === 'oldestFirst' ? 'asc' : 'desc' },
    take: limit,
  })
}

export async function countChannels({ store }: Pick<Parts, 'store'>, userId: string): Promise<number> {
  return store.prisma.channel.count({ where: { userId, deletedAt: null } })
}

/** Null when it does not exist, is deleted or somebody else's. */
export async function findChannel(
  { store }: Pick<Parts, 'store'>,
  { userId, id }: { userId: string; id: string },
): Promise<Channel | null> {
  if (!isUuid(id)) return null
  return store.prisma.channel.findFirst({ where: { id, userId, deletedAt: null } })
}
