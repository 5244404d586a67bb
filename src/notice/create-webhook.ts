import { v7 as uuid } from 'uuid'
import type { Channel } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { judgeHost } from '../target/denied-hosts.js'
import { lockWebsite } from '../website/lock-website.js'
import { websiteNotFound } from '../website/not-found.js'
import { readTargetUrl, type TargetUrlRefusal } from '../target/read-target-url.js'
import type { WebhookConfig } from './channel/webhook.js'
import { createWebhookSecret, showWebhookSecret } from './channel/webhook-secret.js'

/** Channels that an owner may have; below the 256 that `enqueueDeliveries` can tell apart. */
export const CHANNELS_MAX = 20

export interface NewWebhook {
  userId: string
  url: string
  /** Of this website only; of all when null. */
  websiteId: string | null
}

export type CreateWebhookResult =
  | { kind: 'created'; webhook: Channel; secret: string }
  | Refusal<TargetUrlRefusal | 'DENIED_HOST' | 'NOT_FOUND' | 'TOO_MANY_CHANNELS'>

/** Has an owner's receiver told of incidents from now on. The answer shows its secret, once. */
export async function createWebhook(
  { store, clock, settings }: Pick<Parts, 'store' | 'clock' | 'settings'>,
  { userId, url: text, websiteId }: NewWebhook,
): Promise<CreateWebhookResult> {
  const url = readTargetUrl(text, settings)
  if (typeof url !== 'string') return url
  const denial = await judgeHost(store.sql, url)
  if (denial !== null) return denial
  return store.transaction(async (sql): Promise<CreateWebhookResult> => {
    // One at a time for an owner, so that many at once do not go over the limit together.
    await sql.query(`SELECT id FROM "User" WHERE id = $1 FOR UPDATE`, [userId])
    if (websiteId !== null && (await lockWebsite(sql, userId, websiteId)) === null) return websiteNotFound('websiteId')
    const [row] = await sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM "Channel" WHERE "userId" = $1 AND "deletedAt" IS NULL`,
      [userId],
    )
    if ((row?.count ?? 0) >= CHANNELS_MAX) {
      return refuse('TOO_MANY_CHANNELS', `You have ${CHANNELS_MAX} channels already; delete one first.`)
    }
    const secret = createWebhookSecret()
    const config: WebhookConfig = { url }
    const [webhook] = await sql.query<Channel>(
      `INSERT INTO "Channel" (id, "userId", "websiteId", kind, config, secret, "createdAt")
       VALUES ($1, $2, $3, 'WEBHOOK', $4::text::jsonb, $5, $6) RETURNING *`,
      [uuid(), userId, websiteId, JSON.stringify(config), secret, new Date(clock.now())],
    )
    if (!webhook) throw new Error('an insert returned no webhook')
    return { kind: 'created', webhook, secret: showWebhookSecret(secret) }
  })
}
