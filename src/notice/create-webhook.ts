import { v7 as uuid } from 'uuid'
import { recordChange } from '../audit/record-change.js'
import type { Channel } from '../generated/prisma/client.js'
import type { OwnerActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { judgeHost } from '../target/denied-hosts.js'
import { readTargetUrl, type TargetUrlRefusal } from '../target/read-target-url.js'
import { lockWebsite } from '../website/lock-website.js'
import { websiteNotFound } from '../website/not-found.js'
import type { WebhookConfig } from './channel/webhook.js'
import { createWebhookSecret, showWebhookSecret } from './channel/webhook-secret.js'

/** Per owner; below the 256 that `enqueueDeliveries` can tell apart. */
export const CHANNELS_MAX = 20

export interface NewWebhook {
  url: string
  /** Null for all websites. */
  websiteId: string | null
}

export type CreateWebhookResult =
  | { kind: 'created'; webhook: Channel; secret: string }
  | Refusal<TargetUrlRefusal | 'DENIED_HOST' | 'NOT_FOUND' | 'TOO_MANY_CHANNELS'>

/** Creates a webhook. Its secret is shown this once. */
export async function createWebhook(
  { store, clock, settings }: Pick<Parts, 'store' | 'clock' | 'settings'>,
  actor: OwnerActor,
  { url: text, websiteId }: NewWebhook,
): Promise<CreateWebhookResult> {
  const url = readTargetUrl(text, settings)
  if (typeof url !== 'string') return refuse(url.reason, url.message, 'url')
  const denial = await judgeHost(store.sql, url)
  if (denial !== null) return refuse(denial.reason, denial.message, 'url')
  const { userId } = actor
  return store.change(async ({ sql, prisma }): Promise<CreateWebhookResult> => {
    // One at a time per owner, so that many at once cannot exceed the limit together.
    await sql.query(`SELECT 1 FROM "User" WHERE id = $1 FOR NO KEY UPDATE`, [userId])
    if (websiteId !== null && (await lockWebsite(sql, userId, websiteId)) === null) return websiteNotFound('websiteId')
    if ((await prisma.channel.count({ where: { userId, deletedAt: null } })) >= CHANNELS_MAX) {
      return refuse('TOO_MANY_CHANNELS', `You have ${CHANNELS_MAX} channels already; delete one first.`)
    }
    const at = clock.now()
    const secret = createWebhookSecret()
    const config: WebhookConfig = { url }
    const webhook = await prisma.channel.create({
      data: { id: uuid(), userId, websiteId, kind: 'WEBHOOK', config: { ...config }, secret, createdAt: new Date(at) },
    })
    await recordChange(sql, actor, { at, action: 'createWebhook', subject: ['Webhook', webhook.id] })
    return { kind: 'created', webhook, secret: showWebhookSecret(secret) }
  })
}
