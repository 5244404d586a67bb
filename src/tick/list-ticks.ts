import type { Prisma, WebsiteStatus } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import type { Store } from '../store/store.js'
import type { StoredTick } from './find-tick.js'
import type { TickPosition } from './tick-position.js'

export interface TickPage extends PageSlice<TickPosition> {
  website: { id: string; no: number }
  from: number
  until: number
  validatorNo?: number | undefined
  status?: WebsiteStatus | undefined
}

/** By round and validator, the primary key's order, in which they are read. */
export async function listTicks({ prisma }: Pick<Store, 'prisma'>, page: TickPage): Promise<StoredTick[]> {
  const { website, validatorNo, status, olderThan, newerThan, limit, order } = page
  // Plain bounds leave out partitions that cannot hold the page; the positions alone would not.
  const from = Math.max(page.from, newerThan?.roundAt ?? -Infinity)
  const until = Math.min(page.until, olderThan ? olderThan.roundAt + 1 : Infinity)
  if (from >= until) return []
  const direction = order === 'newestFirst' ? 'desc' : 'asc'
  const ticks = await prisma.websiteTick.findMany({
    where: {
      websiteNo: website.no,
      roundAt: { gte: new Date(from), lt: new Date(until) },
      ...(validatorNo !== undefined && { validatorNo }),
      ...(status !== undefined && { status }),
      AND: [
        ...beyond(olderThan && olderThan.roundAt < until ? olderThan : null, 'lt'),
        ...beyond(newerThan && newerThan.roundAt >= from ? newerThan : null, 'gt'),
      ],
    },
    orderBy: [{ roundAt: direction }, { validatorNo: direction }],
    take: limit,
  })
  return ticks.map((tick) => ({ ...tick, websiteId: website.id }))
}

function beyond(position: TickPosition | null, side: 'lt' | 'gt'): Prisma.WebsiteTickWhereInput[] {
  if (!position) return []
  const roundAt = new Date(position.roundAt)
  return [{ OR: [{ roundAt: { [side]: roundAt } }, { roundAt, validatorNo: { [side]: position.validatorNo } }] }]
}
