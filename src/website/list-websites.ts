import type { Website } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import type { Parts } from '../parts.js'

export interface WebsitePage extends PageSlice {
  userId: string
}

/** Some of an owner's websites, in the order of their ids, which is that of their making. */
export async function listWebsites(
  { store }: Pick<Parts, 'store'>,
  { userId, olderThan, newerThan, limit, order }: WebsitePage,
): Promise<Website[]> {
  return store.prisma.website.findMany({
    where: {
      userId,
      deletedAt: null,
      id: { ...(olderThan && { lt: olderThan }), ...(newerThan && { gt: newerThan }) },
    },
    orderBy: { id: order === 'oldestFirst' ? 'asc' : 'desc' },
    take: limit,
  })
}

export async function countWebsites({ store }: Pick<Parts, 'store'>, userId: string): Promise<number> {
  return store.prisma.website.count({ where: { userId, deletedAt: null } })
}
