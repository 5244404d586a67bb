import { validate as isUuid } from 'uuid'
import { type Channel, type ChannelKind, Prisma } from '../generated/prisma/client.js'
import { columnsOf } from '../store/columns-of.js'
import type { Sql } from '../store/store.js'

export interface ChannelKey {
  userId: string
  id: string
  kind?: ChannelKind
}

/** An owner's channel, locked; messages to it can still be written meanwhile. Null where `findChannel` finds none. */
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
