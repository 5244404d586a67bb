import type { Store } from '../store/store.js'
import { MINUTE_MS } from '../time.js'
import { PASSING_STATUSES } from './judge-answer.js'

/**
 * For how long a delivery is its hub's, in milliseconds: well above the time that a try takes. When the hub dies, the
 * delivery is due again after it.
 */
export const LEASE_MS = MINUTE_MS

/** A delivery that this hub has to try now. */
export interface ClaimedDelivery {
  id: string
  webhookId: string
  url: string
  secret: Uint8Array
  body: string
  createdAt: Date
}

/** A delivery that some hub tries at this moment, of webhook `w`: it counts a try that is not on record yet, and its lease runs. */
const UNDER_WAY = `EXISTS (
  SELECT 1 FROM "WebhookDelivery" u
  WHERE u."webhookId" = w.id AND u."nextAttemptAt" > $1 AND u."nextAttemptAt" <= $2
    AND u."attemptCount" > (SELECT count(*) FROM "WebhookAttempt" a WHERE a."deliveryId" = u.id))`

/** Whether the receiver answered the last try of a delivery by refusing that message (`judgeStatus`). */
const refused = (delivery: string) => `COALESCE((
  SELECT a."httpStatus" BETWEEN 300 AND 499 AND a."httpStatus" NOT IN (${PASSING_STATUSES.join(', ')})
  FROM "WebhookAttempt" a WHERE a."deliveryId" = ${delivery}.id ORDER BY a.id DESC LIMIT 1), false)`

/**
 * The delivery of webhook `w` whose turn it is. The oldest, so that nobody hears of an end before the beginning; those that
 * the receiver has refused stand aside and let the others by. When any is due, so is the oldest: news is worth a try, and
 * overtakes nothing.
 */
const NEXT_IN_LINE = `COALESCE(
  (SELECT h.id FROM "WebhookDelivery" h
   WHERE h."webhookId" = w.id AND h."nextAttemptAt" IS NOT NULL AND NOT ${refused('h')}
     AND EXISTS (SELECT 1 FROM "WebhookDelivery" n
                 WHERE n."webhookId" = w.id AND n."nextAttemptAt" <= $1 AND NOT ${refused('n')})
   ORDER BY h.id LIMIT 1),
  (SELECT r.id FROM "WebhookDelivery" r WHERE r."webhookId" = w.id AND r."nextAttemptAt" <= $1 ORDER BY r.id LIMIT 1))`

/**
 * Takes deliveries that are due, at most one a webhook, by moving them out of the other hubs' sight for as long as a lease.
 * @param now Unix milliseconds.
 */
export async function claimDeliveries(
  store: Pick<Store, 'transaction'>,
  { now, limit }: { now: number; limit: number },
): Promise<ClaimedDelivery[]> {
  const instants = [new Date(now), new Date(now + LEASE_MS)]
  return store.transaction(async (sql) => {
    const webhooks = await sql.query<{ id: string }>(
      `SELECT w.id FROM "Webhook" w
       JOIN (SELECT "webhookId", min("nextAttemptAt") AS at FROM "WebhookDelivery"
             WHERE "nextAttemptAt" <= $1 GROUP BY "webhookId") due ON due."webhookId" = w.id
       WHERE w.enabled AND w."deletedAt" IS NULL AND NOT ${UNDER_WAY}
       ORDER BY due.at, w.id LIMIT $3
       FOR NO KEY UPDATE OF w SKIP LOCKED`,
      [...instants, limit],
    )
    if (webhooks.length === 0) return []
    // A statement of its own sees what a hub has claimed that held these webhooks a moment ago.
    return sql.query<ClaimedDelivery>(
      `UPDATE "WebhookDelivery" d
       SET "nextAttemptAt" = $2,
           "attemptCount" = 1 + (SELECT count(*) FROM "WebhookAttempt" a WHERE a."deliveryId" = d.id)
       FROM "Webhook" w
       WHERE w.id = ANY($3::uuid[]) AND w.enabled AND w."deletedAt" IS NULL AND NOT ${UNDER_WAY}
         AND d.id = ${NEXT_IN_LINE}
       RETURNING d.id, d."webhookId", w.url, w.secret, d.payload AS body, d."createdAt"`,
      [...instants, webhooks.map(({ id }) => id)],
    )
  })
}

/** When the next delivery is due, in Unix milliseconds; null when none waits. */
export async function findNextDue({ sql }: Pick<Store, 'sql'>): Promise<number | null> {
  const [row] = await sql.query<{ at: Date | null }>(
    `SELECT min(d."nextAttemptAt") AS at FROM "WebhookDelivery" d JOIN "Webhook" w ON w.id = d."webhookId"
     WHERE d."nextAttemptAt" IS NOT NULL AND w.enabled AND w."deletedAt" IS NULL`,
  )
  return row?.at?.getTime() ?? null
}
