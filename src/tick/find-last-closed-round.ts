import type { Store } from '../store/store.js'

/** A round whose answers may be seen. */
export interface ClosedRound {
  roundAt: Date
  deadlineAt: Date
  intervalMs: number
}

/**
 * The newest round whose answers may be seen; null while there is none. Rounds are closed in the order of their
 * instants and none begins before a closed one, but for those out of order, so that all before it are closed too.
 */
export async function findLastClosedRound({ sql }: Pick<Store, 'sql'>): Promise<ClosedRound | null> {
  const [round] = await sql.query<ClosedRound>(
    `SELECT "roundAt", "deadlineAt", "intervalMs" FROM "Round"
     WHERE "closedAt" IS NOT NULL AND NOT "outOfOrder" ORDER BY "roundAt" DESC LIMIT 1`,
  )
  return round ?? null
}
