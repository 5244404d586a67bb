import type { IncidentEnd } from '../generated/prisma/client.js'
import type { WebsiteStatus } from '../protocol/tick.js'
import type { Sql } from '../store/store.js'
import type { ClosingWebsite } from '../verdict/round-closing.js'
import type { RunState } from './run-rule.js'

/** What incidents tell of a website. */
export type RunWebsite = Pick<ClosingWebsite, 'no' | 'id' | 'userId' | 'name' | 'url'>

export interface StoredRun {
  website: RunWebsite
  state: RunState
  /** When and how the website stopped being checked since the run began; null when it did not. */
  stopped: { at: number; end: Exclude<IncidentEnd, 'RECOVERED'> } | null
}

interface Row extends RunWebsite {
  status: WebsiteStatus
  length: number
  startedAt: Date
  openIncidentId: string | null
  lastIncidentId: string | null
  lastClosedAt: Date | null
  stoppedAt: Date | null
  deleted: boolean | null
}

/** Only websites that are down, or were not long ago, have a row: the table stays as small as the trouble is. */
const RUNS = `
SELECT w.no, w.id, w."userId", w.name, w.url, r.status, r.length, r."startedAt", r."openIncidentId",
  r."lastIncidentId", r."lastClosedAt", c.at AS "stoppedAt", c.deleted
FROM "WebsiteRun" r JOIN "Website" w ON w.no = r."websiteNo"
LEFT JOIN LATERAL (
  SELECT at, deleted FROM "WebsiteChange"
  WHERE "websiteId" = w.id AND at >= r."startedAt" AND (deleted OR NOT enabled) ORDER BY at, id LIMIT 1
) c ON TRUE
ORDER BY w.no`

/** The runs of all websites, each with what has ended it. */
export async function readRuns(sql: Sql): Promise<StoredRun[]> {
  return (await sql.query<Row>(RUNS)).map((row) => ({
    website: { no: row.no, id: row.id, userId: row.userId, name: row.name, url: row.url },
    state: {
      run: { status: row.status, length: row.length, startedAt: row.startedAt.getTime() },
      openIncidentId: row.openIncidentId,
      lastClosed:
        row.lastIncidentId === null || row.lastClosedAt === null
          ? null
          : { incidentId: row.lastIncidentId, closedAt: row.lastClosedAt.getTime() },
    },
    stopped: row.stoppedAt && { at: row.stoppedAt.getTime(), end: row.deleted ? 'DELETED' : 'DISABLED' },
  }))
}

/**
 * Which of the websites were disabled or deleted at `instant` or later, by id. What they did before that instant no
 * longer counts, although they may be enabled again.
 */
export async function findStoppedSince(
  sql: Sql,
  websiteIds: readonly string[],
  instant: number,
): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ websiteId: string }>(
    `SELECT DISTINCT "websiteId" FROM "WebsiteChange"
     WHERE "websiteId" = ANY($1::uuid[]) AND at >= $2::timestamptz AND (deleted OR NOT enabled)`,
    [websiteIds, new Date(instant)],
  )
  return new Set(rows.map((row) => row.websiteId))
}
