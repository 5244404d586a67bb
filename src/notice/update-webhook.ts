import { describeInput } from '../audit/describe-input.js'
import { recordChange } from '../audit/record-change.js'
import type { Channel } from '../generated/prisma/client.js'
import type { OwnerActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { judgeHost } from '../target/denied-hosts.js'
import { readWebhookConfig } from './channel/webhook.js'
import { lockChannel } from './lock-channel.js'
import { channelNotFound } from './not-found.js'
import { abandonDeliveries } from './record-attempt.js'

export interface WebhookChanges {
  id: string
  enabled?: boolean | undefined
}

export type UpdateWebhookResult = { kind: 'updated'; webhook: Channel } | Refusal<'NOT_FOUND' | 'DENIED_HOST'>

/** Turns a webhook on or off. What waits is abandoned. */
export async function updateWebhook(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  actor: OwnerActor,
  { id, enabled }: WebhookChanges,
): Promise<UpdateWebhookResult> {
  return store.change(async ({ sql, prisma }): Promise<UpdateWebhookResult> => {
    const webhook = await lockChannel(sql, { userId: actor.userId, id, kind: 'WEBHOOK' })
    if (webhook === null) return channelNotFound('webhook')
    if (enabled === undefined || enabled === webhook.enabled) return { kind: 'updated', webhook }
    const denial = enabled ? await judgeHost(sql, readWebhookConfig(webhook.config).url) : null
    if (denial !== null) return refuse(denial.reason, denial.message, 'enabled')
    const at = clock.now()
    const updated = await prisma.channel.update({ where: { id }, data: { enabled } })
    // When turned on, too: a message may have been written by a transaction that still saw it on.
    await abandonDeliveries(sql, id, at)
    const detail = describeInput({ enabled }, 'NAMES')
    await recordChange(sql, actor, { at, action: 'updateWebhook', subject: ['Webhook', id], detail })
    return { kind: 'updated', webhook: updated }
  })
}
