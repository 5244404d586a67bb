import { exportSource, instant, readInTurn } from './export-source.js'

interface StoredRow {
  startAt: Date
  goodMs: number
  badMs: number
  inconclusiveMs: number
  maintenanceGoodMs: number
  maintenanceBadMs: number
  maintenanceInconclusiveMs: number
  goodCount: number
  badCount: number
  inconclusiveCount: number
  maintenanceCount: number
  latency: string | null
}

type RollupRow = StoredRow & { website: string }

/** Along the primary key. The database breaks base64 into lines. */
const PAGE = `
SELECT "startAt", "goodMs", "badMs", "inconclusiveMs", "maintenanceGoodMs", "maintenanceBadMs",
  "maintenanceInconclusiveMs", "goodCount"::int AS "goodCount", "badCount"::int AS "badCount",
  "inconclusiveCount"::int AS "inconclusiveCount", "maintenanceCount"::int AS "maintenanceCount",
  replace(encode(latency, 'base64'), E'\\n', '') AS latency
FROM "QuarterRollup"
WHERE "websiteNo" = $1::int AND "startAt" > $2::timestamptz AND "startAt" < $3::timestamptz
ORDER BY "startAt" LIMIT $4::int`

/** Each brings a sketch of some hundred bytes. */
const ROWS_MAX = 1_000

export const ROLLUPS = exportSource<RollupRow>(
  {
    start_at: (row) => instant(row.startAt),
    website: (row) => row.website,
    good_ms: (row) => row.goodMs,
    bad_ms: (row) => row.badMs,
    inconclusive_ms: (row) => row.inconclusiveMs,
    maintenance_good_ms: (row) => row.maintenanceGoodMs,
    maintenance_bad_ms: (row) => row.maintenanceBadMs,
    maintenance_inconclusive_ms: (row) => row.maintenanceInconclusiveMs,
    good_count: (row) => row.goodCount,
    bad_count: (row) => row.badCount,
    inconclusive_count: (row) => row.inconclusiveCount,
    maintenance_count: (row) => row.maintenanceCount,
    latency_sketch: (row) => row.latency,
  },
  async function* (sql, { website, from, until, rowsMax }) {
    const rows = Math.min(ROWS_MAX, rowsMax)
    const pages = readInTurn<StoredRow>(rows, (last) =>
      sql.query(PAGE, [website.no, last?.startAt ?? new Date(from - 1), new Date(until), rows]),
    )
    for await (const page of pages) yield page.map((row) => ({ ...row, website: website.id }))
  },
)
