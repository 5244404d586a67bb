import type { Parts } from '../parts.js'
import type { Check } from '../protocol/check.js'
import { readCheck } from './read-check.js'

export interface CheckKey {
  websiteId: string
  revision: number
}

/** The settings of several websites in one statement, in the order of `keys`. A revision that is not there is a bug. */
export async function findChecks(
  store: Pick<Parts['store'], 'sql'>,
  keys: readonly CheckKey[],
): Promise<(Check | Error)[]> {
  const rows = await store.sql.query<CheckKey & { settings: unknown }>(
    `SELECT "websiteId", revision, settings FROM "WebsiteCheck"
     WHERE ("websiteId", revision) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))`,
    [keys.map((key) => key.websiteId), keys.map((key) => key.revision)],
  )
  const found = new Map(rows.map((row) => [`${row.websiteId} ${row.revision}`, row.settings]))
  return keys.map(({ websiteId, revision }) => {
    const settings = found.get(`${websiteId} ${revision}`)
    return settings === undefined ? new Error(`website ${websiteId} has no check ${revision}`) : readCheck(settings)
  })
}
