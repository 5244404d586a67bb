import type { WebhookAttempt, WebhookDelivery } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import type { Store } from '../store/store.js'

/** Some of a webhook's deliveries. Ids are in the order of their making. */
export interface DeliveryPage extends PageSlice {
  webhookId: string
}

/** The newest tries of a delivery that are shown; news for the same receiver may bring about more than its schedule has. */
export const ATTEMPTS_SHOWN_MAX = 100

/** Pages of several webhooks' deliveries, in one statement for each order, answered in the order of the pages. */
export async function listDeliveries(
  store: Pick<Store, 'sql'>,
  pages: readonly DeliveryPage[],
): Promise<WebhookDelivery[][]> {
  const found: WebhookDelivery[][] = pages.map(() => [])
  for (const order of ['newestFirst', 'oldestFirst'] as const) {
    const asked = [...pages.entries()].filter(([, page]) => page.order === order)
    if (asked.length === 0) continue
    const rows = await store.sql.query<WebhookDelivery & { page: number }>(
      `SELECT d.*, p.page FROM unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[])
         AS p(page, "webhookId", "olderThan", "newerThan", "limit")
       CROSS JOIN LATERAL (
         SELECT * FROM "WebhookDelivery" d
         WHERE d."webhookId" = p."webhookId"
           AND (p."olderThan" IS NULL OR d.id < p."olderThan") AND (p."newerThan" IS NULL OR d.id > p."newerThan")
         ORDER BY d.id ${order === 'newestFirst' ? 'DESC' : 'ASC'} LIMIT p."limit") d
       ORDER BY p.page, d.id ${order === 'newestFirst' ? 'DESC' : 'ASC'}`,
      [
        asked.map(([index]) => index),
        asked.map(([, { webhookId }]) => webhookId),
        asked.map(([, { olderThan }]) => olderThan),
        asked.map(([, { newerThan }]) => newerThan),
        asked.map(([, { limit }]) => limit),
      ],
    )
    for (const { page, ...delivery } of rows) found[page]?.push(delivery)
  }
  return found
}

/** The newest tries of several deliveries, newest first, in one statement, answered in the order of the deliveries. */
export async function listAttempts(
  store: Pick<Store, 'sql'>,
  deliveryIds: readonly string[],
): Promise<WebhookAttempt[][]> {
  const rows = await store.sql.query<WebhookAttempt>(
    `SELECT a.* FROM unnest($1::uuid[]) AS asked(id)
     CROSS JOIN LATERAL (
       SELECT * FROM "WebhookAttempt" WHERE "deliveryId" = asked.id ORDER BY id DESC LIMIT ${ATTEMPTS_SHOWN_MAX}) a
     ORDER BY a.id DESC`,
    [[...new Set(deliveryIds)]],
  )
  const found = new Map<string, WebhookAttempt[]>()
  for (const row of rows) found.set(row.deliveryId, [...(found.get(row.deliveryId) ?? []), row])
  return deliveryIds.map((id) => found.get(id) ?? [])
}
