import { recordChange } from '../audit/record-change.js'
import type { Clock } from '../clock.js'
import type { Actor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import { CLOCK_OFF_MAX_MS } from '../limits.js'
import type { Parts } from '../parts.js'
import { holdLock } from '../store/hold-lock.js'
import { LOCKS } from '../store/locks.js'
import type { Sql } from '../store/store.js'

export interface DroppedRounds {
  kind: 'dropped'
  droppedCount: number
  keptCount: number
  restartNeeded: boolean
}

export type DropFutureRoundsResult = DroppedRounds | Refusal<'NONE'>

type DroppingParts = Pick<Parts, 'store' | 'clock'> & { machine: Pick<Clock, 'now'> }

/** Answers to rounds that are taken away must not count for later ones of the same instants. */
const OF_ROUNDS = ['ConflictingAnswer', 'LateTick', 'Abstention', 'WebsiteTick', 'Submission', 'RoundRoster', 'Round']

const KEEP = `
UPDATE "Round" SET "outOfOrder" = true
WHERE "roundAt" > $1::timestamptz AND "closedAt" IS NOT NULL AND NOT "outOfOrder" RETURNING "roundAt"`

/** Websites are again what they were by their newest verdict before; time from now on is not covered. */
const RESET_STATES = `
UPDATE "WebsiteState" s SET "roundAt" = v."roundAt", status = v.status, "coveredUntil" = least(s."coveredUntil", $1::timestamptz)
FROM "WebsiteState" w CROSS JOIN LATERAL (
  SELECT "roundAt", status FROM "Verdict" WHERE "websiteNo" = w."websiteNo" AND "roundAt" <= $1::timestamptz
  ORDER BY "roundAt" DESC LIMIT 1) v
WHERE s."websiteNo" = w."websiteNo" AND s."roundAt" > $1::timestamptz`
/** What is down goes on from now, so that nothing ends before it has begun. */
const RESET_RUNS = `
UPDATE "WebsiteRun" SET "startedAt" = least("startedAt", $1::timestamptz), "lastClosedAt" = least("lastClosedAt", $1::timestamptz)`
const RESET_INCIDENTS = `
UPDATE "Incident" SET "startedAt" = least("startedAt", $1::timestamptz), "openedAt" = least("openedAt", $1::timestamptz)
WHERE "endedAt" IS NULL`
const FORGET_STATES = `DELETE FROM "WebsiteState" WHERE "roundAt" > $1::timestamptz`

/**
 * Takes away the rounds that a clock which was ahead has begun in the future and that are not closed, with their answers;
 * what these have earned stays. Those that are closed stay as they are, and no longer keep earlier ones from beginning.
 */
export async function dropFutureRounds(
  { store, clock, machine }: DroppingParts,
  actor: Actor,
): Promise<DropFutureRoundsResult> {
  // Nobody closes one meanwhile.
  return store.exclusively(LOCKS.CLOSING, () =>
    store.transaction(async (sql) => {
      await holdLock(sql, LOCKS.ORDER_OF_ROUNDS)
      const now = machine.now()
      const dropped = await dropOpen(sql, now)
      const kept = (await sql.query<{ roundAt: Date }>(KEEP, [new Date(now)])).map(({ roundAt }) => roundAt)
      const [first] = [...dropped, ...kept].sort((a, b) => a.getTime() - b.getTime())
      if (!first) return refuse('NONE', "No round is in the future of this machine's clock.")
      if (kept.length > 0) await resetWebsites(sql, now)
      const detail = `dropped: ${dropped.length}, kept: ${kept.length}`
      await recordChange(sql, actor, {
        at: now,
        action: 'dropFutureRounds',
        subject: ['Round', first.toISOString()],
        detail,
      })
      const restartNeeded = clock.now() - now > CLOCK_OFF_MAX_MS
      return { kind: 'dropped', droppedCount: dropped.length, keptCount: kept.length, restartNeeded } as const
    }),
  )
}

async function resetWebsites(sql: Sql, now: number): Promise<void> {
  await holdLock(sql, LOCKS.INCIDENTS)
  for (const reset of [RESET_STATES, FORGET_STATES, RESET_RUNS, RESET_INCIDENTS]) {
    await sql.query(reset, [new Date(now)])
  }
}

async function dropOpen(sql: Sql, now: number): Promise<Date[]> {
  const open = await sql.query<{ roundAt: Date }>(
    `SELECT "roundAt" FROM "Round" WHERE "roundAt" > $1::timestamptz AND "closedAt" IS NULL FOR UPDATE`,
    [new Date(now)],
  )
  const instants = open.map(({ roundAt }) => roundAt)
  if (instants.length === 0) return []
  for (const table of OF_ROUNDS) {
    await sql.query(`DELETE FROM "${table}" WHERE "roundAt" = ANY($1::timestamptz[])`, [instants])
  }
  return instants
}
