import type { Store } from '../../src/store/store.js'
import type { Bench } from '../bench.js'
import { addFigures } from '../report.js'

const TABLES = ['Verdict', 'QuarterRollup', 'DayRollup', 'WebsiteTick'] as const
const SIZES = `
SELECT parent.relname AS table, sum(pg_total_relation_size(i.inhrelid))::float8 AS bytes,
  sum(greatest(child.reltuples, 0))::float8 AS rows
FROM pg_inherits i JOIN pg_class parent ON parent.oid = i.inhparent JOIN pg_class child ON child.oid = i.inhrelid
WHERE parent.relname = ANY($1) GROUP BY 1`

const MINUTES_A_DAY = 1_440
const QUARTERS_A_DAY = 96
/** The figure is for default retention, a round a minute and five validators. */
const VALIDATORS = 5
const VERDICT_DAYS = 90
const TICK_DAYS = 7
const YEAR_DAYS = 365
/** A leaf of 32 bytes for each tick; hundreds of websites share the rest of a submission. */
const SUBMISSION_BYTES_PER_TICK = 34

/** What a website costs on disk after a year, extrapolated from the stored rows. */
export async function measureHistoryDisk(bench: Bench, store: Store, name: string): Promise<void> {
  await store.sql.run('ANALYZE')
  const rows = await store.sql.query<{ table: string; bytes: number; rows: number }>(SIZES, [[...TABLES]])
  const perRow = new Map(rows.map(({ table, bytes, rows: count }) => [table, bytes / Math.max(1, count)]))
  const of = (table: (typeof TABLES)[number]) => perRow.get(table) ?? 0
  const bytes =
    of('Verdict') * MINUTES_A_DAY * VERDICT_DAYS +
    of('QuarterRollup') * QUARTERS_A_DAY * YEAR_DAYS +
    of('DayRollup') * YEAR_DAYS +
    (of('WebsiteTick') + SUBMISSION_BYTES_PER_TICK) * MINUTES_A_DAY * TICK_DAYS * VALIDATORS
  addFigures(bench.report, name, {
    bytesPerVerdict: of('Verdict'),
    bytesPerQuarter: of('QuarterRollup'),
    websiteYearMb: bytes / 1e6,
  })
}
