import type { Sql } from '../store/store.js'
import type { ClosingStep } from '../verdict/round-closing.js'
import { DAY_MS, floorTo, QUARTER_MS } from './spans.js'
import { type SpanTally, tallySpans } from './tally-spans.js'
import { TALLY_COLUMNS } from './tally.js'

const ROLLUPS = [
  { table: 'QuarterRollup', spanMs: QUARTER_MS },
  { table: 'DayRollup', spanMs: DAY_MS },
] as const
/** The least that a store's `rowsPerStatementMax` is. */
const ROWS_MAX = 500
type RollupTable = (typeof ROLLUPS)[number]['table']

const SKETCHES = (table: RollupTable) =>
  `SELECT "websiteNo", latency FROM "${table}"
   WHERE "startAt" = $1::timestamptz AND "websiteNo" = ANY($2::int[]) AND latency IS NOT NULL`

/** Times and counts are added where the row is; a sketch comes merged already. As hex: bytes in lists are not for every driver. */
const ADD = (table: RollupTable) =>
  `INSERT INTO "${table}" AS r ("websiteNo", "startAt", ${TALLY_COLUMNS.map(quoted).join(', ')}, latency)
   SELECT no, "startAt", ${TALLY_COLUMNS.map(quoted).join(', ')}, decode(latency, 'hex')
   FROM unnest($1::int[], $2::timestamptz[], ${TALLY_COLUMNS.map((_, index) => `$${index + 3}::int[]`).join(', ')},
     $${TALLY_COLUMNS.length + 3}::text[]) AS added(no, "startAt", ${TALLY_COLUMNS.map(quoted).join(', ')}, latency)
   ON CONFLICT ("websiteNo", "startAt") DO UPDATE SET
     ${TALLY_COLUMNS.map((column) => `"${column}" = r."${column}" + EXCLUDED."${column}"`).join(', ')},
     latency = COALESCE(EXCLUDED.latency, r.latency)`

/**
 * Adds a round to the rollups of quarters and UTC days, in the transaction that closes it: what is read and written again
 * is seen by nobody in between, and a round that is not closed has added nothing.
 */
export const addToRollups: ClosingStep = async (sql, closing) => {
  for (const { table, spanMs } of ROLLUPS) {
    const spans = tallySpans(closing, spanMs)
    for (let at = 0; at < spans.length; at += ROWS_MAX) {
      const rows = spans.slice(at, at + ROWS_MAX)
      await mergeStored(sql, table, floorTo(closing.roundAt, spanMs), rows)
      await add(sql, table, rows)
    }
  }
}

/** Only the span that the round began in gets latencies, which is the same for all websites. */
async function mergeStored(sql: Sql, table: RollupTable, startAt: number, rows: readonly SpanTally[]): Promise<void> {
  const sketches = new Map(rows.flatMap(({ websiteNo, latencies }) => (latencies ? [[websiteNo, latencies]] : [])))
  if (sketches.size === 0) return
  const stored = await sql.query<{ websiteNo: number; latency: Uint8Array }>(SKETCHES(table), [
    new Date(startAt),
    [...sketches.keys()],
  ])
  for (const { websiteNo, latency } of stored) sketches.get(websiteNo)?.mergeEncoded(latency)
}

async function add(sql: Sql, table: RollupTable, rows: readonly SpanTally[]): Promise<void> {
  await sql.query(ADD(table), [
    rows.map(({ websiteNo }) => websiteNo),
    rows.map(({ startAt }) => new Date(startAt)),
    ...TALLY_COLUMNS.map((column) => rows.map(({ tally }) => tally[column])),
    rows.map(({ latencies }) => latencies && Buffer.from(latencies.encode()).toString('hex')),
  ])
}

function quoted(column: string): string {
  return `"${column}"`
}
