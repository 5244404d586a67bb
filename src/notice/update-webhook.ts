import type { Channel } from '../generated/prisma/client.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { judgeHost } from '../target/denied-hosts.js'
import { readWebhookConfig } from './channel/webhook.js'
import { lockChannel } from './lock-channel.js'
import { channelNotFound } from './not-found.js'
import { abandonDeliveries } from './record-attempt.js'

export type UpdateWebhookResult = { kind: 'updated'; webhook: Channel } | Refusal<'NOT_FOUND' | 'DENIED_HOST'>

/** Turns a webhook on or off. What waits when it is turned off is given up, and stays so when it is turned on again. */
export async function updateWebhook(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  { userId, id, enabled }: { userId: string; id: string; enabled?: boolean | undefined },
): Promise<UpdateWebhookResult> {
  return store.transaction(async (sql): Promise<UpdateWebhookResult> => {
    const webhook = await lockChannel(sql, { userId, id, kind: 'WEBHOOK' })
    if (webhook === null) return channelNotFound('webhook')
    if (enabled === undefined || enabled === webhook.enabled) return { kind: 'updated', webhook }
    const denial = enabled ? await judgeHost(sql, readWebhookConfig(webhook.config).url) : null
    if (denial !== null) return denial
    await sql.query(`UPDATE "Channel" SET enabled = $2 WHERE id = $1`, [id, enabled])
    // Turned on, too: a message may have been written by somebody who still saw it on while it was turned off.
    await abandonDeliveries(sql, id, clock.now())
    return { kind: 'updated', webhook: { ...webhook, enabled } }
  })
}
