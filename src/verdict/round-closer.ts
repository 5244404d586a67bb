import { deleteClaims } from '../abstention/read-claims.js'
import type { Parts } from '../parts.js'
import type { Store } from '../store/store.js'
import { type ClosedRound, findLastClosedRound } from '../tick/find-last-closed-round.js'
import { keptSince } from '../store/kept-since.js'
import { createTurnstile } from '../turnstile.js'
import { findWebsitesByNo } from '../website/find-websites-by-no.js'
import { closeDueRounds } from './close-due-rounds.js'
import type { ClosingStep } from './round-closing.js'

/** A database that was away for a moment is back by then; the next deadline tries again anyway. */
const RETRY_AFTER_MS = 5_000

export interface RoundCloser {
  /** Closes what is due. What fails is logged and tried again; it never rejects. */
  closeDue(): Promise<void>
  /** The newest round whose answers may be seen, as this hub knows it; null while there is none. */
  lastClosedRound(): Promise<ClosedRound | null>
  /** Begins nothing any more, and waits for the round that is being closed. */
  close(): Promise<void>
}

type CloserParts = Pick<Parts, 'store' | 'bus' | 'clock' | 'log' | 'settings'>

export interface CloserInput {
  steps: readonly ClosingStep[]
  /** Resolves when the answers that this hub took in in time are stored. */
  settled: () => Promise<void>
  /** Whether ticks may have been dropped by now: while they are held, all missed rounds still have theirs. */
  isHeld: () => Promise<boolean>
}

/** Rounds that were closed before are known when this resolves. */
export async function createRoundCloser(
  parts: CloserParts,
  { steps, settled, isHeld }: CloserInput,
): Promise<RoundCloser> {
  const { store, clock, log } = parts
  const closing = { store, clock, log, steps, turnstile: createTurnstile() }
  let last = await findLastClosedRound(store)
  let running: Promise<void> | null = null
  let isWanted = false
  const stopping = new AbortController()
  let cancelRetry: () => void = () => undefined

  /** Whoever has closed them: another hub's closings are told here too. */
  const tellClosed = async () => {
    for (const round of await listClosedAfter(store, last)) {
      last = round
      await publishClosed(parts, round)
    }
    return !stopping.signal.aborted
  }

  const closeAll = async () => {
    await settled()
    // An operator has let earlier ones begin.
    if (last !== null && (await isOutOfOrder(store, last))) last = await findLastClosedRound(store)
    // Nobody waits to be told of those.
    if (!(await isHeld()) && (await forgetRounds(parts))) last = await findLastClosedRound(store)
    await closeDueRounds(closing, tellClosed)
  }

  // One at a time: each that waits for the lease holds a connection.
  const run = async () => {
    while (isWanted && !stopping.signal.aborted) {
      isWanted = false
      cancelRetry()
      try {
        await closeAll()
      } catch (error) {
        log.error({ error }, 'rounds could not be closed')
        cancelRetry = clock.at(clock.now() + RETRY_AFTER_MS, () => void closeDue())
      }
    }
    // In the same breath as the look at what is wanted, so that no wish falls in between.
    running = null
  }

  const closeDue = async () => {
    if (stopping.signal.aborted) return
    isWanted = true
    running ??= run()
    await running
  }

  return {
    closeDue,
    lastClosedRound: async () => last,
    async close() {
      stopping.abort()
      await running
      cancelRetry()
    },
  }
}

async function isOutOfOrder({ sql }: Pick<Store, 'sql'>, { roundAt }: ClosedRound): Promise<boolean> {
  const rows = await sql.query(`SELECT 1 FROM "Round" WHERE "roundAt" = $1::timestamptz AND "outOfOrder"`, [roundAt])
  return rows.length > 0
}

async function listClosedAfter({ sql }: Pick<Store, 'sql'>, last: ClosedRound | null): Promise<ClosedRound[]> {
  return sql.query<ClosedRound>(
    `SELECT "roundAt", "deadlineAt", "intervalMs" FROM "Round"
     WHERE "closedAt" IS NOT NULL AND NOT "outOfOrder" AND ($1::timestamptz IS NULL OR "roundAt" > $1::timestamptz) ORDER BY "roundAt"`,
    [last?.roundAt ?? null],
  )
}

async function publishClosed(
  { store, bus }: Pick<Parts, 'store' | 'bus'>,
  { roundAt, deadlineAt }: ClosedRound,
): Promise<void> {
  bus.publish('roundEnded', { roundAt: roundAt.getTime(), deadlineAt: deadlineAt.getTime() })
  const rosters = await store.prisma.roundRoster.findMany({ where: { roundAt }, select: { websiteNos: true } })
  const nos = [...new Set(rosters.flatMap((roster) => roster.websiteNos))]
  const websites = await findWebsitesByNo(store, nos)
  for (const { id, userId } of websites.values()) {
    bus.publish('websiteChanged', { websiteId: id, userId, cause: 'ROUND_ENDED' })
  }
}

const FORGET = `
UPDATE "Round" SET "sealedAt" = $1::timestamptz, "closedAt" = $1::timestamptz
WHERE "closedAt" IS NULL AND "deadlineAt" < $1::timestamptz AND "roundAt" < $2::timestamptz RETURNING "roundAt"`

/** Closes rounds without verdicts whose ticks are no longer certainly there, as after a long downtime. @returns whether any. */
async function forgetRounds({ store, clock, settings }: Pick<Parts, 'store' | 'clock' | 'settings'>): Promise<boolean> {
  const now = clock.now()
  return store.transaction(async (sql) => {
    const forgotten = await sql.query<{ roundAt: Date }>(FORGET, [
      new Date(now),
      new Date(keptSince(now, settings.tickRetentionDays)),
    ])
    if (forgotten.length === 0) return false
    await deleteClaims(
      sql,
      forgotten.map(({ roundAt }) => roundAt),
    )
    return true
  })
}
