import { createPace } from '../pace.js'
import { ABSTENTION_REASONS } from '../protocol/abstention.js'
import { inSlices } from '../store/in-slices.js'
import type { Sql, Store } from '../store/store.js'
import { HOUR_MS } from '../time.js'
import type { Turnstile } from '../turnstile.js'
import { claimantAt, claimCount, type PackedClaims, reasonIndexAt } from './packed-claims.js'

/** Claims counted in a turn of the event loop, some milliseconds. */
const COUNTED_PER_TURN_MAX = 50_000

const ADD = `
INSERT INTO "AbstentionHour" AS h ("validatorNo", "hourAt", reason, count)
SELECT no, $1::timestamptz, reason::"AbstentionReason", count
FROM unnest($2::int[], $3::text[], $4::int[]) AS a(no, reason, count)
ON CONFLICT ("validatorNo", "hourAt", reason) DO UPDATE SET count = h.count + excluded.count`

type AddingParts = Pick<Store, 'rowsPerStatementMax'> & { sql: Sql; turnstile: Turnstile }

interface Sum {
  validatorNo: number
  reason: number
  count: number
}

/** Adds the claims of a round to the hour of each validator. */
export async function addToHours(
  { sql, rowsPerStatementMax, turnstile }: AddingParts,
  roundAt: number,
  claims: readonly PackedClaims[],
): Promise<void> {
  const hourAt = new Date(Math.floor(roundAt / HOUR_MS) * HOUR_MS)
  for (const slice of inSlices(await sumUp(claims, turnstile), rowsPerStatementMax)) {
    await sql.query(ADD, [
      hourAt,
      slice.map(({ validatorNo }) => validatorNo),
      slice.map(({ reason }) => ABSTENTION_REASONS[reason]),
      slice.map(({ count }) => count),
    ])
  }
}

async function sumUp(claims: readonly PackedClaims[], turnstile: Turnstile): Promise<Sum[]> {
  const sums = new Map<number, Sum>()
  const pace = createPace(turnstile, COUNTED_PER_TURN_MAX)
  for (const ofOne of claims) {
    await pace(claimCount(ofOne))
    for (let index = 0; index < claimCount(ofOne); index++) {
      const [validatorNo, reason] = [claimantAt(ofOne, index), reasonIndexAt(ofOne, index)]
      const key = validatorNo * ABSTENTION_REASONS.length + reason
      const sum = sums.get(key)
      if (sum) sum.count += 1
      else sums.set(key, { validatorNo, reason, count: 1 })
    }
  }
  return [...sums.values()]
}
