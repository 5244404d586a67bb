import type { Parts } from '../parts.js'
import { DAY_MS } from '../time.js'

/** An hour has at most 3,600 rounds; more are there only after the retention was shortened. */
const ROUNDS_MAX = 10_000

/** Deletes closed rounds from before the verdicts and ticks that are kept, but never the newest, where history ends. */
export async function deleteOldRounds({
  store,
  clock,
  settings,
}: Pick<Parts, 'store' | 'clock' | 'settings'>): Promise<void> {
  // A week's verdicts go together, so the oldest that are kept may be a week older than they must be.
  const days = Math.max(settings.tickRetentionDays, settings.verdictRetentionDays + 7)
  await store.sql.query(
    `DELETE FROM "Round" WHERE "roundAt" IN (
       SELECT "roundAt" FROM "Round"
       WHERE "roundAt" < $1::timestamptz AND "closedAt" IS NOT NULL AND "roundAt" < (SELECT max("roundAt") FROM "Round")
       ORDER BY "roundAt" LIMIT ${ROUNDS_MAX})`,
    [new Date((Math.floor(clock.now() / DAY_MS) - days) * DAY_MS)],
  )
}
