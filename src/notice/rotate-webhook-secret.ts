import type { Channel } from '../generated/prisma/client.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { createWebhookSecret, showWebhookSecret } from './channel/webhook-secret.js'
import { lockChannel } from './lock-channel.js'
import { channelNotFound } from './not-found.js'

export type RotateWebhookSecretResult = { kind: 'rotated'; webhook: Channel; secret: string } | Refusal<'NOT_FOUND'>

/** Gives a webhook a new secret and shows it, once. What is sent from now on is signed with it, retries too. */
export async function rotateWebhookSecret(
  { store }: Pick<Parts, 'store'>,
  { userId, id }: { userId: string; id: string },
): Promise<RotateWebhookSecretResult> {
  return store.transaction(async (sql) => {
    const webhook = await lockChannel(sql, { userId, id, kind: 'WEBHOOK' })
    if (webhook === null) return channelNotFound('webhook')
    const secret = createWebhookSecret()
    await sql.query(`UPDATE "Channel" SET secret = $2 WHERE id = $1`, [id, secret])
    return { kind: 'rotated', webhook: { ...webhook, secret }, secret: showWebhookSecret(secret) }
  })
}
