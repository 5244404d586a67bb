import type { Plan, Sql } from '../store/store.js'
import type { SumRow } from './compose-sums.js'
import { type Tally, TALLY_COLUMNS } from './tally.js'

/** Rows in one text: their number is up to who asks, and a text is held as a whole. */
const ROWS_PER_TEXT = 1_000

type Packed = [index: number, sketches: string | null, ...tally: number[]]

/** Reads what `composeSums` composed, as JSON packed by the database: a driver takes microseconds for each field of each row. */
export async function readSums(
  sql: Sql,
  branches: readonly string[],
  parameters: readonly unknown[],
  plan: Plan = 'ONCE',
): Promise<SumRow[]> {
  const columns = [`q.index`, `encode(q.sketches, 'hex')`, ...TALLY_COLUMNS.map((column) => `q."${column}"`)]
  const texts = await sql.query<{ rows: Packed[] }>(
    `SELECT json_agg(json_build_array(${columns.join(', ')})) AS rows
FROM (${branches.join('\nUNION ALL\n')}) q GROUP BY q.index / ${ROWS_PER_TEXT}`,
    parameters,
    plan,
  )
  return texts.flatMap(({ rows }) => rows.map(unpack))
}

function unpack([index, sketches, ...sums]: Packed): SumRow {
  const tally = Object.fromEntries(TALLY_COLUMNS.map((column, place) => [column, sums[place] ?? 0]))
  return { index, sketches: sketches === null ? null : Buffer.from(sketches, 'hex'), ...(tally as Tally) }
}
