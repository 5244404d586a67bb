import type { Store } from '../store/store.js'
import { DAY_MS } from '../time.js'

/** How the answers of a validator compare with the verdicts, over the UTC days that a window touches. */
export interface Reliability {
  from: Date
  asked: number
  agreed: number
  disagreed: number
  /** Answered where the verdict was Inconclusive. */
  undecided: number
  missed: number
  /** Of those missed, where it said that it could not check. */
  couldNotCheck: number
  late: number
  /** agreed ÷ (agreed + disagreed + missed + late), floored to six decimals; null when all of them are 0. */
  ratio: number | null
}

export const RELIABILITY_WINDOWS = { LAST_24_HOURS: 1, LAST_7_DAYS: 7, LAST_30_DAYS: 30 } as const
export type ReliabilityWindow = keyof typeof RELIABILITY_WINDOWS

const RATIO_DECIMALS = 1_000_000n

const SUMS = `
SELECT "validatorNo" AS no, sum(asked)::text AS asked, sum(agreed)::text AS agreed, sum(disagreed)::text AS disagreed,
  sum(undecided)::text AS undecided, sum(unanswered)::text AS unanswered, sum(late)::text AS late,
  sum("couldNotCheck")::text AS "couldNotCheck"
FROM "ValidatorDay" WHERE "validatorNo" = ANY($1::int[]) AND day >= ($2::timestamptz AT TIME ZONE 'UTC')::date
GROUP BY 1`

type Count = 'asked' | 'agreed' | 'disagreed' | 'undecided' | 'unanswered' | 'late' | 'couldNotCheck'
type Row = { no: number } & Record<Count, string>

/** Of each of these validators, in their order: one statement for any number of them. */
export async function findReliabilities(
  { sql }: Pick<Store, 'sql'>,
  validatorNos: readonly number[],
  window: ReliabilityWindow,
  now: number,
): Promise<Reliability[]> {
  const from = new Date(Math.floor(now / DAY_MS - RELIABILITY_WINDOWS[window]) * DAY_MS)
  const rows = await sql.query<Row>(SUMS, [[...new Set(validatorNos)], from])
  const rowOf = new Map(rows.map((row) => [row.no, row]))
  return validatorNos.map((no) => reliabilityOf(from, rowOf.get(no)))
}

function reliabilityOf(from: Date, row: Row | undefined): Reliability {
  const count = (name: Count) => Number(row?.[name] ?? 0)
  const [asked, agreed, disagreed, undecided] = [
    count('asked'),
    count('agreed'),
    count('disagreed'),
    count('undecided'),
  ]
  const late = count('late')
  // Late answers about a website that then got no verdict stand for no silence.
  const missed = Math.max(0, count('unanswered') - late)
  // Some of them may have answered late after all.
  const couldNotCheck = Math.min(count('couldNotCheck'), missed)
  const ratio = reliabilityRatio(agreed, disagreed + missed + late)
  return { from, asked, agreed, disagreed, undecided, missed, couldNotCheck, late, ratio }
}

/** Share of the answers that agreed, floored to six decimals; null without any. */
export function reliabilityRatio(agreed: number, others: number): number | null {
  const all = agreed + others
  // In whole numbers, for a division would round first: one slip among any number is never shown as 1.
  return all === 0 ? null : Number((BigInt(agreed) * RATIO_DECIMALS) / BigInt(all)) / Number(RATIO_DECIMALS)
}
