import type { Website } from '../generated/prisma/client.js'
import type { Check } from '../protocol/check.js'
import type { Sql } from '../store/store.js'

/** Writes the settings of the website's revision, in the transaction that makes it. */
export async function appendCheck(sql: Sql, website: Website, check: Check, instant: number): Promise<void> {
  await sql.query(
    `INSERT INTO "WebsiteCheck" ("websiteId", revision, settings, "createdAt") VALUES ($1, $2, $3::jsonb, $4)`,
    [website.id, website.checkRevision, JSON.stringify(check), new Date(instant)],
  )
}
