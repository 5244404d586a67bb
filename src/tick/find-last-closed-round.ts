import type { Store } from '../store/store.js'

export interface ClosedRound {
  roundAt: Date
  deadlineAt: Date
  intervalMs: number
}

/** Null while there is none. Rounds close in the order of their instants, unless they are out of order, so all before it are closed too. */
export async function findLastClosedRound({ sql }: Pick<Store, 'sql'>): Promise<ClosedRound | null> {
  const [round] = await sql.query<ClosedRound>(
    `SELECT "roundAt", "deadlineAt", "intervalMs" FROM "Round"
     WHERE "closedAt" IS NOT NULL AND NOT "outOfOrder" ORDER BY "roundAt" DESC LIMIT 1`,
  )
  return round ?? null
}
