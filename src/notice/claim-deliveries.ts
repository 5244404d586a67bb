import type { Store } from '../store/store.js'
import { MINUTE_MS } from '../time.js'
import type { StoredChannel } from './channel/open-channel.js'

/** How long a delivery is its hub's: well above what an attempt takes. If the hub dies, it is due again afterwards. */
export const LEASE_MS = MINUTE_MS

export interface ClaimedDelivery extends StoredChannel {
  id: string
  channelId: string
  payload: string
  createdAt: Date
}

/** Whether some hub tries a delivery of channel `c` now: it counts an attempt not yet recorded, and its lease runs. */
const UNDER_WAY = `EXISTS (
  SELECT 1 FROM "Delivery" u
  WHERE u."channelId" = c.id AND u."nextAttemptAt" > $1 AND u."nextAttemptAt" <= $2
    AND u."attemptCount" > (SELECT count(*) FROM "DeliveryAttempt" a WHERE a."deliveryId" = u.id))`

const refused = (delivery: string) => `COALESCE((
  SELECT a.outcome = 'REFUSED'
  FROM "DeliveryAttempt" a WHERE a."deliveryId" = ${delivery}.id ORDER BY a.id DESC LIMIT 1), false)`

/**
 * The next delivery of channel `c`: the oldest, so that nobody hears of an end before its beginning; refused ones let the
 * others pass. When any is due, so is the oldest: a new message is worth an attempt, and overtakes nothing.
 */
const NEXT_IN_LINE = `COALESCE(
  (SELECT h.id FROM "Delivery" h
   WHERE h."channelId" = c.id AND h."nextAttemptAt" IS NOT NULL AND NOT ${refused('h')}
     AND EXISTS (SELECT 1 FROM "Delivery" n
                 WHERE n."channelId" = c.id AND n."nextAttemptAt" <= $1 AND NOT ${refused('n')})
   ORDER BY h.id LIMIT 1),
  (SELECT r.id FROM "Delivery" r WHERE r."channelId" = c.id AND r."nextAttemptAt" <= $1 ORDER BY r.id LIMIT 1))`

/** Takes due deliveries, at most one per channel, by hiding them from other hubs for the length of a lease. */
export async function claimDeliveries(
  store: Pick<Store, 'transaction'>,
  { now, limit }: { now: number; limit: number },
): Promise<ClaimedDelivery[]> {
  const instants = [new Date(now), new Date(now + LEASE_MS)]
  return store.transaction(async (sql) => {
    const channels = await sql.query<{ id: string }>(
      `SELECT c.id FROM "Channel" c
       JOIN (SELECT "channelId", min("nextAttemptAt") AS at FROM "Delivery"
             WHERE "nextAttemptAt" <= $1 GROUP BY "channelId") due ON due."channelId" = c.id
       WHERE c.enabled AND c."deletedAt" IS NULL AND NOT ${UNDER_WAY}
       ORDER BY due.at, c.id LIMIT $3
       FOR NO KEY UPDATE OF c SKIP LOCKED`,
      [...instants, limit],
    )
    if (channels.length === 0) return []
    // A separate statement sees what the hub claimed that held these locks a moment ago.
    return sql.query<ClaimedDelivery>(
      `UPDATE "Delivery" d
       SET "nextAttemptAt" = $2,
           "attemptCount" = 1 + (SELECT count(*) FROM "DeliveryAttempt" a WHERE a."deliveryId" = d.id)
       FROM "Channel" c
       WHERE c.id = ANY($3::uuid[]) AND c.enabled AND c."deletedAt" IS NULL AND NOT ${UNDER_WAY}
         AND d.id = ${NEXT_IN_LINE}
       RETURNING d.id, d."channelId", c.kind, c.config, c.secret, c."previousSecret", c."previousSecretUntil",
                 d.payload, d."createdAt"`,
      [...instants, channels.map(({ id }) => id)],
    )
  })
}

/** When the next delivery is due, in Unix milliseconds; null when none waits. */
export async function findNextDue({ sql }: Pick<Store, 'sql'>): Promise<number | null> {
  const [row] = await sql.query<{ at: Date | null }>(
    `SELECT min(d."nextAttemptAt") AS at FROM "Delivery" d JOIN "Channel" c ON c.id = d."channelId"
     WHERE d."nextAttemptAt" IS NOT NULL AND c.enabled AND c."deletedAt" IS NULL`,
  )
  return row?.at?.getTime() ?? null
}
