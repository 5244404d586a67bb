import { v7 as uuid } from 'uuid'
import type { Sql } from '../store/store.js'
import { messagePayload } from './message-payload.js'

export interface Notice {
  userId: string
  websiteId: string
  event: 'incident.opened' | 'incident.reopened' | 'incident.closed'
  data: Record<string, unknown>
}

/** Adds a delivery to each matching channel, due at once, in the transaction of what happened. One statement for all. */
export async function enqueueDeliveries(sql: Sql, notices: readonly Notice[], now: number): Promise<void> {
  if (notices.length === 0) return
  // The notice's id with the channel's number in its last byte: ordered, and unique for up to 256 channels per owner.
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
