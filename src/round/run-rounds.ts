import type { Cron } from 'croner'
import { endRound } from './end-round.js'
import { intervalOf, roundSchedule, roundTimes } from './round-times.js'
import { startRound, type RoundParts, type StartedRound } from './start-round.js'

/** The hub's rounds: begun when they are due, ended at their deadline. */
export interface Rounds {
  /** Begins the round of an instant now; null when it has begun before or its deadline has come. */
  start(roundAt: number): Promise<StartedRound | null>
  /** Whether nobody could answer the round of an instant any more. */
  isOver(roundAt: number): boolean
  /** Begins rounds whenever they are due, until `close`. */
  followSchedule(): Promise<void>
  /** Waits for the round that is being begun or ended. */
  close(): Promise<void>
}

export function createRounds(parts: RoundParts, settled: () => Promise<void>): Rounds {
  const { clock, log, settings } = parts
  const schedule = roundSchedule(settings.roundCron)
  const waiting = new Set<() => void>()
  const working = new Set<Promise<unknown>>()
  let closed = false

  const later = (instant: number, task: () => Promise<unknown>) => {
    if (closed) return
    const cancel = clock.at(instant, () => {
      waiting.delete(cancel)
      const work = task().catch((error: unknown) => log.error({ error }, 'a round failed'))
      working.add(work)
      void work.finally(() => working.delete(work))
    })
    waiting.add(cancel)
  }

  const isOver = (roundAt: number) =>
    clock.now() >= roundTimes(settings, roundAt, intervalOf(schedule, roundAt)).deadlineAt

  const endAtDeadline = (round: Pick<StartedRound, 'roundAt' | 'deadlineAt'>) =>
    later(round.deadlineAt.getTime(), () => endRound(parts, round, settled))

  const start = async (roundAt: number) => {
    const round = await startRound(parts, { roundAt, intervalMs: intervalOf(schedule, roundAt) })
    if (round) endAtDeadline(round)
    return round
  }

  const follow = (after: number) => {
    const dueAt = nextDue(schedule, after, clock.now())
    if (dueAt === null) return
    later(dueAt, async () => {
      try {
        // A machine that slept wakes up late.
        if (isOver(dueAt)) log.warn({ roundAt: new Date(dueAt) }, 'round missed')
        else {
          const round = await start(dueAt)
          if (round) log.debug(describe(round), 'round begun')
        }
      } finally {
        follow(dueAt)
      }
    })
  }

  return {
    start,
    isOver,
    async followSchedule() {
      // A hub that was restarted in mid-round still tells of its end.
      const open = await parts.store.prisma.round.findMany({ where: { deadlineAt: { gt: new Date(clock.now()) } } })
      for (const round of open) endAtDeadline(round)
      follow(clock.now())
    },
    async close() {
      closed = true
      for (const cancel of waiting) cancel()
      await Promise.all(working)
    },
  }
}

/** The next instant after both: what fell due while a round was slow to begin is left out, never made up for. */
function nextDue(schedule: Cron, after: number, now: number): number | null {
  return schedule.nextRun(new Date(Math.max(after, now)))?.getTime() ?? null
}

function describe({ roundAt, websiteCount, validatorCount }: StartedRound) {
  return { roundAt, websiteCount, validatorCount }
}
