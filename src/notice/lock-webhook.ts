import { validate as isUuid } from 'uuid'
import type { Webhook } from '../generated/prisma/client.js'
import type { Sql } from '../store/store.js'

/**
 * An owner's webhook, held until the transaction ends; messages to it may still be written meanwhile. Null when there is
 * none, it is deleted or it is somebody else's.
 */
export async function lockWebhook(sql: Sql, userId: string, id: string): Promise<Webhook | null> {
  if (!isUuid(id)) return null
  const [webhook] = await sql.query<Webhook>(
    `SELECT * FROM "Webhook" WHERE id = $1 AND "userId" = $2 AND "deletedAt" IS NULL FOR NO KEY UPDATE`,
    [id, userId],
  )
  return webhook ?? null
}
