import { CLOCK_JUMP_MAX_MS, CLOCK_TRUSTED_AFTER_MS } from '../limits.js'
import type { MachineClock } from '../clock.js'
import type { Parts } from '../parts.js'
import type { Sql } from '../store/store.js'

/**
 * Jumps of the clock forward. Long downtime and a clock that was set wrong look alike: after either rounds begin, and
 * nothing is dropped until hubs have run for a day or the operator trusts the clock.
 */
export interface ClockJumps {
  /** Notes that the clock went on by more than what passed since the last look, and how long the hub has run. */
  look(): Promise<void>
  /** Whether there is one that is not trusted. */
  isHeld(): Promise<boolean>
  /** Trusts those after which hubs have run for long enough. */
  trustOld(): Promise<void>
}

type JumpParts = Pick<Parts, 'store' | 'clock' | 'log'> & { machine: MachineClock }

const LAST_CLOSED = `SELECT max("sealedAt") AS at FROM "Round" WHERE NOT "outOfOrder"`
const NOTE = `
INSERT INTO "ClockJump" ("noticedAt", "lastClosedAt")
SELECT $1::timestamptz, at FROM (${LAST_CLOSED}) closed WHERE at < $2::timestamptz ON CONFLICT DO NOTHING RETURNING 1`
const RUN = `UPDATE "ClockJump" SET "ranMs" = "ranMs" + $1::bigint WHERE "trustedAt" IS NULL`
const TRUST_OLD = `UPDATE "ClockJump" SET "trustedAt" = $1::timestamptz WHERE "trustedAt" IS NULL AND "ranMs" >= $2::bigint`
const HELD = `SELECT EXISTS (SELECT 1 FROM "ClockJump" WHERE "trustedAt" IS NULL) AS held`

/** Notes first whether the clock has jumped since the last closed round, before anything is dropped by it. */
export async function openClockJumps({ store, clock, machine, log }: JumpParts): Promise<ClockJumps> {
  let last = { now: machine.now(), elapsedMs: machine.elapsedMs() }
  const note = async (now: number) => {
    const noted = await store.sql.query(NOTE, [new Date(now), new Date(now - CLOCK_JUMP_MAX_MS)])
    if (noted.length === 0) return
    log.warn(
      'the clock is far ahead of the last closed round: nothing is dropped until the hub has run for 24 hours. If the clock is right, overlaps operator trust-clock ends that',
    )
  }
  await note(clock.now())
  return {
    async look() {
      const present = { now: machine.now(), elapsedMs: machine.elapsedMs() }
      const ranMs = Math.floor(present.elapsedMs - last.elapsedMs)
      const isJump = present.now - last.now - ranMs > CLOCK_JUMP_MAX_MS
      last = present
      await store.sql.query(RUN, [ranMs])
      if (isJump) await note(clock.now())
    },
    isHeld: () => isHeld(store.sql),
    async trustOld() {
      await store.sql.query(TRUST_OLD, [new Date(clock.now()), CLOCK_TRUSTED_AFTER_MS])
    },
  }
}

async function isHeld(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ held: boolean }>(HELD)
  return row?.held === true
}
