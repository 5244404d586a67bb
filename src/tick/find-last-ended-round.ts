import type { Store } from '../store/store.js'

/** A round whose answers may be seen. */
export interface EndedRound {
  roundAt: Date
  deadlineAt: Date
  intervalMs: number
}

/**
 * The newest round such that it and all before it are past their deadlines at `$1`. A round begun out of turn, or after
 * a restart with shorter rounds, may end while an older one is still open, and must not uncover it. Only the newest 100
 * are looked at: so many cannot begin within one deadline.
 */
export const LAST_ENDED_ROUND = `
SELECT "roundAt", "deadlineAt", "intervalMs"
FROM (
  SELECT *, bool_and("deadlineAt" <= $1::timestamptz) OVER (ORDER BY "roundAt") AS ended
  FROM (SELECT "roundAt", "deadlineAt", "intervalMs" FROM "Round" ORDER BY "roundAt" DESC LIMIT 100) newest
) recent
WHERE ended ORDER BY "roundAt" DESC LIMIT 1`

/** The newest round whose answers may be seen at `now`; null while there is none. */
export async function findLastEndedRound({ sql }: Pick<Store, 'sql'>, now: number): Promise<EndedRound | null> {
  const [round] = await sql.query<EndedRound>(LAST_ENDED_ROUND, [new Date(now)])
  return round ?? null
}
