import type { AbstentionReason } from '../protocol/abstention.js'
import type { Store } from '../store/store.js'
import { HOUR_MS } from '../time.js'
import type { AbstentionCount } from './abstention-count.js'

/** Seven days of UTC hours. */
export const HOURS_MAX = 168

export interface AbstentionHour {
  from: Date
  abstentions: AbstentionCount[]
}

export interface AskedHours {
  validatorNo: number
  /** The hour of now is the last of them. */
  last: number
}

const HOURS = `
SELECT "validatorNo" AS no, "hourAt", reason::text AS reason, count FROM "AbstentionHour"
WHERE "validatorNo" = ANY($1::int[]) AND "hourAt" >= $2::timestamptz
ORDER BY "hourAt", count DESC, "AbstentionHour".reason`

interface Row {
  no: number
  hourAt: Date
  reason: AbstentionReason
  count: number
}

/** Hours in which a validator could not check something, oldest first: one statement for any number of validators. */
export async function listHours(
  { sql }: Pick<Store, 'sql'>,
  asked: readonly AskedHours[],
  now: number,
): Promise<AbstentionHour[][]> {
  const since = (last: number) => (Math.floor(now / HOUR_MS) - last + 1) * HOUR_MS
  const longest = Math.max(...asked.map(({ last }) => last))
  const nos = [...new Set(asked.map(({ validatorNo }) => validatorNo))]
  const rows = await sql.query<Row>(HOURS, [nos, new Date(since(longest))])
  const rowsOf = new Map(nos.map((no): [number, Row[]] => [no, []]))
  for (const row of rows) rowsOf.get(row.no)?.push(row)
  return asked.map(({ validatorNo, last }) =>
    inHours((rowsOf.get(validatorNo) ?? []).filter(({ hourAt }) => hourAt.getTime() >= since(last))),
  )
}

function inHours(rows: readonly Row[]): AbstentionHour[] {
  const hours: AbstentionHour[] = []
  for (const { hourAt, reason, count } of rows) {
    const hour = hours.at(-1)
    if (hour?.from.getTime() === hourAt.getTime()) hour.abstentions.push({ reason, count })
    else hours.push({ from: hourAt, abstentions: [{ reason, count }] })
  }
  return hours
}
