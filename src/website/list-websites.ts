import type { Website } from '../generated/prisma/client.js'
import type { Parts } from '../parts.js'

export interface WebsitePage {
  userId: string
  /** Ids that the page lies between, both left out. */
  after?: string | undefined
  before?: string | undefined
  limit: number
  /** `descending` takes the page's items from the end. */
  order?: 'ascending' | 'descending'
}

/** Some of an owner's websites, in the order of their ids, which is that of their making. */
export async function listWebsites(
  { store }: Pick<Parts, 'store'>,
  { userId, after, before, limit, order = 'ascending' }: WebsitePage,
): Promise<Website[]> {
  return store.prisma.website.findMany({
    where: { userId, deletedAt: null, id: { ...(after && { gt: after }), ...(before && { lt: before }) } },
    orderBy: { id: order === 'ascending' ? 'asc' : 'desc' },
    take: limit,
  })
}

export async function countWebsites({ store }: Pick<Parts, 'store'>, userId: string): Promise<number> {
  return store.prisma.website.count({ where: { userId, deletedAt: null } })
}
