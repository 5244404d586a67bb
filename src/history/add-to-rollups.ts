import type { Sql } from '../store/store.js'
import { DAY_MS } from '../time.js'
import type { ClosingStep, ClosingVerdict } from '../verdict/round-closing.js'
import { LatencySketch } from './latency-sketch.js'
import { floorTo, QUARTER_MS } from './spans.js'
import { type SpanTally, tallySpans } from './tally-spans.js'
import { TALLY_COLUMNS } from './tally.js'

const ROLLUPS = [
  { table: 'QuarterRollup', spanMs: QUARTER_MS },
  { table: 'DayRollup', spanMs: DAY_MS },
] as const
/** The least that a store's `rowsPerStatementMax` is. */
const ROWS_MAX = 500
/** In between, others get their turn: of 200 validators these have 50,000 latencies, some milliseconds' work. */
const VERDICTS_PER_TURN = 250
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

/** Adds a round to the rollups of quarters and UTC days, in the transaction that closes it: once or not at all. */
export const addToRollups: ClosingStep = async (sql, { roundAt, verdicts }) => {
  for (let at = 0; at < verdicts.length; at += VERDICTS_PER_TURN) {
    const some = verdicts.slice(at, at + VERDICTS_PER_TURN)
    const latencies = new Map(some.flatMap((verdict) => latenciesOf(verdict)))
    for (const { table, spanMs } of ROLLUPS) {
      const startAt = floorTo(roundAt, spanMs)
      const merged = await mergeStored(sql, table, startAt, latencies)
      const spans = tallySpans(roundAt, some, spanMs).map((span) => ({
        ...span,
        // The latencies, too, count where the round began.
        latency: span.startAt === startAt ? (merged.get(span.websiteNo) ?? null) : null,
      }))
      for (let row = 0; row < spans.length; row += ROWS_MAX) await add(sql, table, spans.slice(row, row + ROWS_MAX))
    }
  }
}

/** The sketch of a verdict's Good answers, with its website; those in maintenance count nowhere. */
function latenciesOf({ website, inMaintenance, goodLatenciesUs }: ClosingVerdict): [number, Uint8Array][] {
  if (inMaintenance || goodLatenciesUs.length === 0) return []
  const sketch = new LatencySketch()
  for (const latencyUs of goodLatenciesUs) sketch.add(latencyUs)
  return [[website.no, sketch.encode()]]
}

async function mergeStored(
  sql: Sql,
  table: RollupTable,
  startAt: number,
  latencies: ReadonlyMap<number, Uint8Array>,
): Promise<Map<number, Uint8Array>> {
  const merged = new Map(latencies)
  if (merged.size === 0) return merged
  const stored = await sql.query<{ websiteNo: number; latency: Uint8Array }>(SKETCHES(table), [
    new Date(startAt),
    [...merged.keys()],
  ])
  for (const { websiteNo, latency } of stored) {
    const sketch = LatencySketch.decode(latency)
    sketch.mergeEncoded(merged.get(websiteNo) ?? new Uint8Array())
    merged.set(websiteNo, sketch.encode())
  }
  return merged
}

async function add(
  sql: Sql,
  table: RollupTable,
  rows: readonly (SpanTally & { latency: Uint8Array | null })[],
): Promise<void> {
  await sql.query(ADD(table), [
    rows.map(({ websiteNo }) => websiteNo),
    rows.map(({ startAt }) => new Date(startAt)),
    ...TALLY_COLUMNS.map((column) => rows.map(({ tally }) => tally[column])),
    rows.map(({ latency }) => latency && Buffer.from(latency).toString('hex')),
  ])
}

function quoted(column: string): string {
  return `"${column}"`
}
