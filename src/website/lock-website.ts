import { validate as isUuid } from 'uuid'
import { Prisma, type Website } from '../generated/prisma/client.js'
import type { Sql } from '../store/store.js'
import { columnsOf } from '../store/columns-of.js'

/** Locked for the transaction: no change loses another's revision. Null when absent, deleted or somebody else's. */
export async function lockWebsite(sql: Sql, userId: string, id: string): Promise<Website | null> {
  if (!isUuid(id)) return null
  const [website] = await sql.query<Website>(
    `SELECT ${columnsOf(Prisma.WebsiteScalarFieldEnum)} FROM "Website" WHERE id = $1 AND "userId" = $2 AND "deletedAt" IS NULL FOR NO KEY UPDATE`,
    [id, userId],
  )
  return website ?? null
}
