import type { Channel } from '../generated/prisma/client.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { lockChannel } from './lock-channel.js'
import { channelNotFound } from './not-found.js'
import { abandonDeliveries } from './record-attempt.js'

export type DeleteChannelResult = { kind: 'deleted'; channel: Channel } | Refusal<'NOT_FOUND'>

/** Sends a channel nothing more and hides it, with its deliveries. */
export async function deleteChannel(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  { userId, id }: { userId: string; id: string },
): Promise<DeleteChannelResult> {
  return store.transaction(async (sql) => {
    const channel = await lockChannel(sql, { userId, id })
    if (channel === null) return channelNotFound()
    const deletedAt = new Date(clock.now())
    await sql.query(`UPDATE "Channel" SET "deletedAt" = $2 WHERE id = $1`, [id, deletedAt])
    await abandonDeliveries(sql, id, deletedAt.getTime())
    return { kind: 'deleted', channel: { ...channel, deletedAt } }
  })
}
