import { v7 as uuid } from 'uuid'
import type { Website } from '../generated/prisma/client.js'
import type { Sql } from '../store/store.js'

/** Writes down what a website is from `instant` on, in the transaction that changes it. */
export async function appendChange(sql: Sql, website: Website, instant: number): Promise<void> {
  await sql.query(
    `INSERT INTO "WebsiteChange" (id, "websiteId", at, enabled, deleted, "everyRounds", "checkRevision")
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      uuid(),
      website.id,
      new Date(instant),
      website.enabled,
      website.deletedAt !== null,
      website.everyRounds,
      website.checkRevision,
    ],
  )
}
