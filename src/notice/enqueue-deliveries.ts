import { v7 as uuid } from 'uuid'
import type { Sql } from '../store/store.js'
import { messagePayload } from './message-payload.js'

/** What an owner's channels are told. */
export interface Notice {
  userId: string
  websiteId: string
  event: 'incident.opened' | 'incident.reopened' | 'incident.closed'
  data: Record<string, unknown>
}

/**
 * Writes notices into the outbox, in the transaction of what they tell of: for each, a delivery to every enabled channel
 * of the owner that is for this website or for all. One statement for any number.
 * @param now when it happened, in Unix milliseconds; they are due at once.
 */
export async function enqueueDeliveries(sql: Sql, notices: readonly Notice[], now: number): Promise<void> {
  if (notices.length === 0) return
  // An id is that of its notice with the channel's number in the last byte: in the order of the notices, and unique,
  // because an owner has fewer than 256.
  await sql.query(
    `INSERT INTO "Delivery" (id, "channelId", event, payload, "createdAt", "nextAttemptAt")
     SELECT (left(n.id, 34) || lpad(to_hex(row_number() OVER (PARTITION BY n.id ORDER BY c.id)), 2, '0'))::uuid,
            c.id, n.event, n.payload, $6, $6
     FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::text[])
       AS n(id, "userId", "websiteId", event, payload)
     JOIN "Channel" c ON c."userId" = n."userId" AND (c."websiteId" IS NULL OR c."websiteId" = n."websiteId")
     WHERE c.enabled AND c."deletedAt" IS NULL`,
    [
      notices.map(() => uuid()),
      notices.map(({ userId }) => userId),
      notices.map(({ websiteId }) => websiteId),
      notices.map(({ event }) => event),
      notices.map(({ event, data }) => messagePayload(event, now, data)),
      new Date(now),
    ],
  )
}
