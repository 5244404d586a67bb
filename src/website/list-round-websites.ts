import type { Parts } from '../parts.js'
import type { Check } from '../protocol/check.js'
import { readCheck } from './read-check.js'

export interface RoundWebsite {
  no: number
  id: string
  url: string
  userId: string
  everyRounds: number
  checkRevision: number
  check: Check
}

type Row = Omit<RoundWebsite, 'check'> & { settings: unknown }

/** Every website that is enabled and not deleted, in the order of `no`, each with its settings of the same instant. */
export async function listRoundWebsites({ store }: Pick<Parts, 'store'>): Promise<RoundWebsite[]> {
  const websites: RoundWebsite[] = []
  for (;;) {
    const rows = await store.sql.query<Row>(
      `SELECT w.no, w.id, w.url, w."userId", w."everyRounds", w."checkRevision", c.settings
       FROM "Website" w JOIN "WebsiteCheck" c ON c."websiteId" = w.id AND c.revision = w."checkRevision"
       WHERE w.enabled AND w."deletedAt" IS NULL AND w.no > $1 ORDER BY w.no LIMIT $2`,
      [websites.at(-1)?.no ?? 0, store.rowsPerStatementMax],
    )
    for (const { settings, ...website } of rows) websites.push({ ...website, check: readCheck(settings) })
    if (rows.length < store.rowsPerStatementMax) return websites
  }
}
