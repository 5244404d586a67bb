import { v7 as uuid } from 'uuid'
import type { Sql } from '../store/store.js'
import { messageBody } from './message-body.js'

/** What an owner's webhooks are told. */
export interface WebhookMessage {
  userId: string
  websiteId: string
  event: 'incident.opened' | 'incident.reopened' | 'incident.closed'
  data: Record<string, unknown>
}

/**
 * Writes messages into the outbox, in the transaction of what they tell of: for each, a delivery to every enabled webhook
 * of the owner that is for this website or for all. One statement for any number.
 * @param now when it happened, in Unix milliseconds; they are due at once.
 */
export async function enqueueDeliveries(sql: Sql, messages: readonly WebhookMessage[], now: number): Promise<void> {
  if (messages.length === 0) return
  // An id is that of its message with the webhook's number in the last byte: in the order of the messages, and unique,
  // because an owner has fewer than 256.
  await sql.query(
    `INSERT INTO "WebhookDelivery" (id, "webhookId", event, payload, "createdAt", "nextAttemptAt")
     SELECT (left(m.id, 34) || lpad(to_hex(row_number() OVER (PARTITION BY m.id ORDER BY w.id)), 2, '0'))::uuid,
            w.id, m.event, m.payload, $6, $6
     FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::text[])
       AS m(id, "userId", "websiteId", event, payload)
     JOIN "Webhook" w ON w."userId" = m."userId" AND (w."websiteId" IS NULL OR w."websiteId" = m."websiteId")
     WHERE w.enabled AND w."deletedAt" IS NULL`,
    [
      messages.map(() => uuid()),
      messages.map(({ userId }) => userId),
      messages.map(({ websiteId }) => websiteId),
      messages.map(({ event }) => event),
      messages.map(({ event, data }) => messageBody(event, now, data)),
      new Date(now),
    ],
  )
}
