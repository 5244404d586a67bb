import { type Incident, Prisma } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import { columnsOf } from '../store/columns-of.js'
import type { Store } from '../store/store.js'

export type IncidentState = 'OPEN' | 'CLOSED' | 'ALL'

export interface IncidentPage extends PageSlice {
  userId: string
  websiteId?: string | null
  state: IncidentState
  /** Only those open at some time after `from` and started before `to`, in Unix milliseconds. */
  from?: number | null
  to?: number | null
}

/** Open ones are few and the runs know them. */
const CONDITIONS: Record<IncidentState, string> = {
  OPEN: 'i.id IN (SELECT "openIncidentId" FROM "WebsiteRun" WHERE "openIncidentId" IS NOT NULL)',
  CLOSED: 'i."endedAt" IS NOT NULL',
  ALL: 'TRUE',
}

/** Some of an owner's incidents in the order of their opening, those of deleted websites included. */
export async function listIncidents({ sql }: Pick<Store, 'sql'>, page: IncidentPage): Promise<Incident[]> {
  return sql.query<Incident>(
    `SELECT ${columnsOf(Prisma.IncidentScalarFieldEnum, 'i')} FROM "Incident" i JOIN "Website" w ON w.no = i."websiteNo"
     WHERE w."userId" = $1 AND ${CONDITIONS[page.state]}
       AND ($2::uuid IS NULL OR w.id = $2)
       AND ($3::timestamptz IS NULL OR i."endedAt" IS NULL OR i."endedAt" > $3)
       AND ($4::timestamptz IS NULL OR i."startedAt" < $4)
       AND ($5::uuid IS NULL OR i.id < $5) AND ($6::uuid IS NULL OR i.id > $6)
     ORDER BY i.id ${page.order === 'newestFirst' ? 'DESC' : 'ASC'} LIMIT $7`,
    [
      page.userId,
      page.websiteId ?? null,
      page.from == null ? null : new Date(page.from),
      page.to == null ? null : new Date(page.to),
      page.olderThan,
      page.newerThan,
      page.limit,
    ],
  )
}
