import type { IncidentEnd } from '../generated/prisma/client.js'
import type { FailureClass } from '../protocol/tick.js'
import { exportSource, instant, instantOrNull, readInTurn } from './export-source.js'

interface StoredRow {
  id: string
  startedAt: Date
  openedAt: Date
  endedAt: Date | null
  closedAt: Date | null
  end: IncidentEnd | null
  reopenedCount: number
  failure: FailureClass | null
  acknowledgedAt: Date | null
  acknowledgedBy: string | null
  revision: number
}

type IncidentRow = StoredRow & { website: string }

/** Along the index by start; what ended before the window is left out, what reaches into it is not. */
const PAGE = `
SELECT i.id::text AS id, i."startedAt", i."openedAt", i."endedAt", i."closedAt", i."end"::text AS "end",
  i."reopenedCount", i.failure::text AS failure, i."acknowledgedAt", i."acknowledgedBy"::text AS "acknowledgedBy",
  i.revision
FROM "Incident" i
WHERE i."websiteNo" = $1::int AND i."startedAt" < $3::timestamptz
  AND (i."endedAt" IS NULL OR i."endedAt" > $2::timestamptz)
  AND i."startedAt" >= $4::timestamptz AND (i."startedAt", i.id) > ($4::timestamptz, $5::uuid)
ORDER BY i."startedAt", i.id LIMIT $6::int`

const EPOCH = new Date(0)
const NIL = '00000000-0000-0000-0000-000000000000'

export const INCIDENTS = exportSource<IncidentRow>(
  {
    incident: (row) => row.id,
    website: (row) => row.website,
    started_at: (row) => instant(row.startedAt),
    opened_at: (row) => instant(row.openedAt),
    ended_at: (row) => instantOrNull(row.endedAt),
    closed_at: (row) => instantOrNull(row.closedAt),
    end: (row) => row.end,
    reopened_count: (row) => row.reopenedCount,
    failure: (row) => row.failure,
    acknowledged_at: (row) => instantOrNull(row.acknowledgedAt),
    acknowledged_by: (row) => row.acknowledgedBy,
    revision: (row) => row.revision,
  },
  async function* (sql, { website, from, until, rowsMax }) {
    const bounds = [website.no, new Date(from), new Date(until)]
    const pages = readInTurn<StoredRow>(rowsMax, (last) =>
      sql.query(PAGE, [...bounds, last?.startedAt ?? EPOCH, last?.id ?? NIL, rowsMax]),
    )
    for await (const page of pages) yield page.map((row) => ({ ...row, website: website.id }))
  },
)
