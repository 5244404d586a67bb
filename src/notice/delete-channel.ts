import { recordChange } from '../audit/record-change.js'
import type { Channel } from '../generated/prisma/client.js'
import type { OwnerActor } from '../graph/actor.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { TYPE_NAMES } from './channel/type-names.js'
import { lockChannel } from './lock-channel.js'
import { channelNotFound } from './not-found.js'
import { abandonDeliveries } from './record-attempt.js'

export type DeleteChannelResult = { kind: 'deleted'; channel: Channel } | Refusal<'NOT_FOUND'>

/** Hides a channel with its deliveries and abandons those that wait. */
export async function deleteChannel(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  actor: OwnerActor,
  id: string,
): Promise<DeleteChannelResult> {
  return store.change(async ({ sql, prisma }): Promise<DeleteChannelResult> => {
    const locked = await lockChannel(sql, { userId: actor.userId, id })
    if (locked === null) return channelNotFound()
    const at = clock.now()
    const channel = await prisma.channel.update({ where: { id }, data: { deletedAt: new Date(at) } })
    await abandonDeliveries(sql, id, at)
    await recordChange(sql, actor, { at, action: 'deleteChannel', subject: [TYPE_NAMES[channel.kind], id] })
    return { kind: 'deleted', channel }
  })
}
