import { v7 as uuid } from 'uuid'
import type { Webhook } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { judgeHost } from '../target/denied-hosts.js'
import { lockWebsite } from '../website/lock-website.js'
import { websiteNotFound } from '../website/not-found.js'
import { readTargetUrl, type TargetUrlRefusal } from '../target/read-target-url.js'
import { createWebhookSecret, showWebhookSecret } from './webhook-secret.js'

/** Webhooks that an owner may have; below the 256 that `enqueueDeliveries` can tell apart. */
const WEBHOOKS_MAX = 20

export interface NewWebhook {
  userId: string
  url: string
  /** Of this website only; of all when null. */
  websiteId: string | null
}

export type CreateWebhookResult =
  | { kind: 'created'; webhook: Webhook; secret: string }
  | Refusal<TargetUrlRefusal | 'DENIED_HOST' | 'NOT_FOUND' | 'TOO_MANY_WEBHOOKS'>

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
    if (websiteId !== null && (await lockWebsite(sql, userId, websiteId)) === null) return websiteNotFound()
    const [row] = await sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM "Webhook" WHERE "userId" = $1 AND "deletedAt" IS NULL`,
      [userId],
    )
    if ((row?.count ?? 0) >= WEBHOOKS_MAX) {
      return refuse('TOO_MANY_WEBHOOKS', `You have ${WEBHOOKS_MAX} webhooks already; delete one first.`)
    }
    const secret = createWebhookSecret()
    const [webhook] = await sql.query<Webhook>(
      `INSERT INTO "Webhook" (id, "userId", "websiteId", url, secret, "createdAt")
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING *`,
      [uuid(), userId, websiteId, url, secret, new Date(clock.now())],
    )
    if (!webhook) throw new Error('an insert returned no webhook')
    return { kind: 'created', webhook, secret: showWebhookSecret(secret) }
  })
}
