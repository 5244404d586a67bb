import type { Webhook } from '../generated/prisma/client.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { lockWebhook } from './lock-webhook.js'
import { webhookNotFound } from './not-found.js'
import { createWebhookSecret, showWebhookSecret } from './webhook-secret.js'

export type RotateWebhookSecretResult = { kind: 'rotated'; webhook: Webhook; secret: string } | Refusal<'NOT_FOUND'>

/** Gives a webhook a new secret and shows it, once. What is sent from now on is signed with it, retries too. */
export async function rotateWebhookSecret(
  { store }: Pick<Parts, 'store'>,
  { userId, id }: { userId: string; id: string },
): Promise<RotateWebhookSecretResult> {
  return store.transaction(async (sql) => {
    const webhook = await lockWebhook(sql, userId, id)
    if (webhook === null) return webhookNotFound()
    const secret = createWebhookSecret()
    await sql.query(`UPDATE "Webhook" SET secret = $2 WHERE id = $1`, [id, secret])
    return { kind: 'rotated', webhook: { ...webhook, secret }, secret: showWebhookSecret(secret) }
  })
}
