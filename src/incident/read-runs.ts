import type { IncidentEnd } from '../generated/prisma/client.js'
import type { WebsiteStatus } from '../protocol/tick.js'
import type { Sql } from '../store/store.js'
import type { ClosingWebsite } from '../verdict/round-closing.js'
import type { RunState } from './run-rule.js'

export type RunWebsite = Pick<ClosingWebsite, 'no' | 'id' | 'userId' | 'name' | 'url'>

export interface StoredRun {
  website: RunWebsite
  state: RunState
  /** When and how the website stopped being checked during the run. */
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

/** Only websites that are or were just down have a row, so this stays small. */
const RUNS = `
SELECT w.no, w.id, w."userId", w.name, w.url, r.status, r.length, r."startedAt", r."openIncidentId",
  r."lastIncidentId", r."lastClosedAt", c.at AS "stoppedAt", c.deleted
FROM "WebsiteRun" r JOIN "Website" w ON w.no = r."websiteNo"
LEFT JOIN LATERAL (
  SELECT at, deleted FROM "WebsiteChange"
  WHERE "websiteId" = w.id AND at >= r."startedAt" AND (deleted OR NOT enabled) ORDER BY at, id LIMIT 1
) c ON TRUE
ORDER BY w.no`

/** The runs of all websites. */
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

/** Which were disabled or deleted since `instant`: what they did before no longer counts, even if enabled again. */
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
