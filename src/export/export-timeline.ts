import type { IncidentEventKind } from '../generated/prisma/client.js'
import type { FailureClass } from '../protocol/tick.js'
import { exportSource, instant, instantOrNull, readInTurn } from './export-source.js'

interface StoredRow {
  id: string
  incident: string
  startedAt: Date
  at: Date
  kind: IncidentEventKind
  roundAt: Date | null
  failure: FailureClass | null
  author: string | null
  note: string | null
}

type TimelineRow = StoredRow & { website: string }

const PAGE = `
SELECT e.id::text AS id, i.id::text AS incident, i."startedAt", e.at, e.kind::text AS kind, e."roundAt",
  e.failure::text AS failure, e."userId"::text AS author, e.note
FROM "Incident" i JOIN "IncidentEvent" e ON e."incidentId" = i.id
WHERE i."websiteNo" = $1::int AND i."startedAt" < $3::timestamptz
  AND (i."endedAt" IS NULL OR i."endedAt" > $2::timestamptz)
  AND i."startedAt" >= $4::timestamptz AND (i."startedAt", i.id, e.id) > ($4::timestamptz, $5::uuid, $6::uuid)
ORDER BY i."startedAt", i.id, e.id LIMIT $7::int`

const EPOCH = new Date(0)
const NIL = '00000000-0000-0000-0000-000000000000'
/** Notes may be long. */
const ROWS_MAX = 200

export const TIMELINE = exportSource<TimelineRow>(
  {
    event: (row) => row.id,
    incident: (row) => row.incident,
    website: (row) => row.website,
    at: (row) => instant(row.at),
    kind: (row) => row.kind,
    round_at: (row) => instantOrNull(row.roundAt),
    failure: (row) => row.failure,
    author: (row) => row.author,
    note: (row) => row.note,
  },
  async function* (sql, { website, from, until, rowsMax }) {
    const rows = Math.min(ROWS_MAX, rowsMax)
    const bounds = [website.no, new Date(from), new Date(until)]
    const pages = readInTurn<StoredRow>(rows, (last) =>
      sql.query(PAGE, [...bounds, last?.startedAt ?? EPOCH, last?.incident ?? NIL, last?.id ?? NIL, rows]),
    )
    for await (const page of pages) yield page.map((row) => ({ ...row, website: website.id }))
  },
)
