import type { Parts } from '../parts.js'
import type { Check } from '../protocol/check.js'
import { readCheck } from './read-check.js'

/** The settings that a website had under a revision; null when it never had that one. */
export async function findCheck(
  store: Pick<Parts['store'], 'sql'>,
  websiteNo: number,
  revision: number,
): Promise<Check | null> {
  const [row] = await store.sql.query<{ settings: unknown }>(
    `SELECT c.settings FROM "WebsiteCheck" c JOIN "Website" w ON w.id = c."websiteId" WHERE w.no = $1 AND c.revision = $2`,
    [websiteNo, revision],
  )
  return row ? readCheck(row.settings) : null
}
