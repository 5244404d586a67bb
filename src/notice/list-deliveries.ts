import { type Delivery, Prisma } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import { columnsOf } from '../store/columns-of.js'
import type { Store } from '../store/store.js'

export interface DeliveryPage extends PageSlice {
  channelId: string
}

/** Pages of several channels, in one statement for each order: Prisma would read whole logs for that. */
export async function listDeliveries(store: Pick<Store, 'sql'>, pages: readonly DeliveryPage[]): Promise<Delivery[][]> {
  const found: Delivery[][] = pages.map(() => [])
  for (const order of ['newestFirst', 'oldestFirst'] as const) {
    const asked = [...pages.entries()].filter(([, page]) => page.order === order)
    if (asked.length === 0) continue
    const rows = await store.sql.query<Delivery & { page: number }>(
      `SELECT ${columnsOf(Prisma.DeliveryScalarFieldEnum, 'd')}, p.page FROM unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[])
         AS p(page, "channelId", "olderThan", "newerThan", "limit")
       CROSS JOIN LATERAL (
         SELECT ${columnsOf(Prisma.DeliveryScalarFieldEnum, 'd')} FROM "Delivery" d
         WHERE d."channelId" = p."channelId"
           AND (p."olderThan" IS NULL OR d.id < p."olderThan") AND (p."newerThan" IS NULL OR d.id > p."newerThan")
         ORDER BY d.id ${order === 'newestFirst' ? 'DESC' : 'ASC'} LIMIT p."limit") d
       ORDER BY p.page, d.id ${order === 'newestFirst' ? 'DESC' : 'ASC'}`,
      [
        asked.map(([index]) => index),
        asked.map(([, { channelId }]) => channelId),
        asked.map(([, { olderThan }]) => olderThan),
        asked.map(([, { newerThan }]) => newerThan),
        asked.map(([, { limit }]) => limit),
      ],
    )
    for (const { page, ...delivery } of rows) found[page]?.push(delivery)
  }
  return found
}
