import { recordChange } from '../audit/record-change.js'
import type { Channel } from '../generated/prisma/client.js'
import type { OwnerActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { SECOND_MS } from '../time.js'
import { createWebhookSecret, showWebhookSecret } from './channel/webhook-secret.js'
import { lockChannel } from './lock-channel.js'
import { channelNotFound } from './not-found.js'
import { overlapFault } from './overlap-fault.js'

export interface SecretRotation {
  id: string
  /** Seconds for which the current secret goes on signing beside the new one. */
  overlapS: number
}

export type RotateWebhookSecretResult =
  | { kind: 'rotated'; webhook: Channel; secret: string }
  | Refusal<'INVALID_OVERLAP' | 'NOT_FOUND'>

/** Attempts from now on, retries included, are signed with the new secret and, during the overlap, the one before it. */
export async function rotateWebhookSecret(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  actor: OwnerActor,
  { id, overlapS }: SecretRotation,
): Promise<RotateWebhookSecretResult> {
  const fault = overlapFault(overlapS)
  if (fault !== null) return refuse('INVALID_OVERLAP', fault, 'overlapS')
  return store.change(async ({ sql, prisma }): Promise<RotateWebhookSecretResult> => {
    const locked = await lockChannel(sql, { userId: actor.userId, id, kind: 'WEBHOOK' })
    if (locked === null) return channelNotFound('webhook')
    const at = clock.now()
    const secret = createWebhookSecret()
    const previous =
      overlapS === 0
        ? { previousSecret: null, previousSecretUntil: null }
        : { previousSecret: Buffer.from(locked.secret), previousSecretUntil: new Date(at + overlapS * SECOND_MS) }
    const webhook = await prisma.channel.update({ where: { id }, data: { secret, ...previous } })
    await recordChange(sql, actor, { at, action: 'rotateWebhookSecret', subject: ['Webhook', id] })
    return { kind: 'rotated', webhook, secret: showWebhookSecret(secret) }
  })
}
