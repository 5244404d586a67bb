import { holdLock } from '../store/hold-lock.js'
import { LOCKS } from '../store/locks.js'
import type { Store } from '../store/store.js'

export interface SealedRound {
  roundAt: number
  deadlineAt: number
  intervalMs: number
}

interface Row {
  roundAt: Date
  deadlineAt: Date
  intervalMs: number
}

const OLDEST_OPEN = `
SELECT "roundAt", "deadlineAt", "intervalMs" FROM "Round" WHERE "closedAt" IS NULL ORDER BY "roundAt" LIMIT 1`

/** Waits for the commits that hold the round open, and lets no other tick in. */
const SEAL = `UPDATE "Round" SET "sealedAt" = $2::timestamptz WHERE "roundAt" = $1::timestamptz AND "sealedAt" IS NULL`

/** Seals the oldest open round if it is due; none before it can begin any more. Null when there is nothing to close. */
export async function sealOldestRound(store: Pick<Store, 'transaction'>, now: number): Promise<SealedRound | null> {
  return store.transaction(async (sql) => {
    await holdLock(sql, LOCKS.ORDER_OF_ROUNDS)
    const [round] = await sql.query<Row>(OLDEST_OPEN)
    // What arrives at the deadline itself is in time.
    if (!round || round.deadlineAt.getTime() >= now) return null
    await sql.query(SEAL, [round.roundAt, new Date(now)])
    const { roundAt, deadlineAt, intervalMs } = round
    return { roundAt: roundAt.getTime(), deadlineAt: deadlineAt.getTime(), intervalMs }
  })
}
