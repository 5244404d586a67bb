import { validate as isUuid } from 'uuid'
import { type Channel, type ChannelKind, Prisma } from '../generated/prisma/client.js'
import { columnsOf } from '../store/columns-of.js'
import type { Sql } from '../store/store.js'

/** Which channel, and whose. */
export interface ChannelKey {
  userId: string
  id: string
  /** Only one of this kind. */
  kind?: ChannelKind
}

/**
 * An owner's channel, held until the transaction ends; messages to it may still be written meanwhile. Null when there is
 * none, it is deleted or it is somebody else's.
 */
export async function lockChannel(sql: Sql, { userId, id, kind }: ChannelKey): Promise<Channel | null> {
  if (!isUuid(id)) return null
  const [channel] = await sql.query<Channel>(
    `SELECT ${columnsOf(Prisma.ChannelScalarFieldEnum)} FROM "Channel"
     WHERE id = $1 AND "userId" = $2 AND "deletedAt" IS NULL AND ($3::"ChannelKind" IS NULL OR kind = $3::"ChannelKind")
     FOR NO KEY UPDATE`,
    [id, userId, kind ?? null],
  )
  return channel ?? null
}
