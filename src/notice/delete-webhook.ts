import type { Webhook } from '../generated/prisma/client.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { lockWebhook } from './lock-webhook.js'
import { webhookNotFound } from './not-found.js'
import { abandonDeliveries } from './record-attempt.js'

export type DeleteWebhookResult = { kind: 'deleted'; webhook: Webhook } | Refusal<'NOT_FOUND'>

/** Sends a webhook nothing more and hides it, with its deliveries. */
export async function deleteWebhook(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  { userId, id }: { userId: string; id: string },
): Promise<DeleteWebhookResult> {
  return store.transaction(async (sql) => {
    const webhook = await lockWebhook(sql, userId, id)
    if (webhook === null) return webhookNotFound()
    const deletedAt = new Date(clock.now())
    await sql.query(`UPDATE "Webhook" SET "deletedAt" = $2 WHERE id = $1`, [id, deletedAt])
    await abandonDeliveries(sql, id, deletedAt.getTime())
    return { kind: 'deleted', webhook: { ...webhook, deletedAt } }
  })
}
