import type { Store } from '../store/store.js'

const LATE = `
SELECT count(*)::int AS count, min("roundAt") AS since FROM "Round"
WHERE "closedAt" IS NULL AND "roundAt" + 2 * "intervalMs" * interval '1 millisecond' < $1::timestamptz`

/** Says in a sentence that rounds are open which should be closed; null when none is. */
export async function findLateRounds({ sql }: Pick<Store, 'sql'>, now: number): Promise<string | null> {
  const [row] = await sql.query<{ count: number; since: Date }>(LATE, [new Date(now)])
  if (!row || row.count === 0) return null
  return `Rounds that are open for longer than two intervals: ${row.count}, the oldest of ${row.since.toISOString()}. They should be closed by now: the hub's log says why they are not.`
}
