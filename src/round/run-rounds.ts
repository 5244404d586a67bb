import type { Cron } from 'croner'
import { type Actor, HUB } from '../graph/actor.js'
import { fault } from '../graph/fault.js'
import { intervalOf, roundSchedule, roundTimes } from './round-times.js'
import type { RoundParts } from './round-parts.js'
import { type NotStarted, startRound, type StartedRound } from './start-round.js'

export interface Rounds {
  /** Begins a round now, by itself or for an actor. @throws UNAVAILABLE once the hub stops. */
  start(roundAt: number, actor?: Actor): Promise<StartedRound | NotStarted>
  /** Whether it is too late to answer the round of an instant. */
  isOver(roundAt: number): boolean
  /** Ends the rounds that were open when the hub started, at their deadlines or in the background. */
  resume(): Promise<void>
  followSchedule(): void
  close(): Promise<void>
}

/** @param endDue ends the rounds whose deadlines have passed. It never rejects, and its maker waits for it. */
export function createRounds(parts: RoundParts, endDue: () => Promise<void>): Rounds {
  const { clock, log, settings } = parts
  const schedule = roundSchedule(settings.roundCron)
  const waiting = new Set<() => void>()
  const working = new Set<Promise<unknown>>()
  let closed = false

  const later = (instant: number, task: () => void) => {
    if (closed) return
    const cancel = clock.at(instant, () => {
      waiting.delete(cancel)
      task()
    })
    waiting.add(cancel)
  }
  // What arrives at the deadline itself is in time.
  const endLater = (deadlineAt: Date) => later(deadlineAt.getTime() + 1, () => void endDue())

  const isOver = (roundAt: number) =>
    clock.now() >= roundTimes(settings, roundAt, intervalOf(schedule, roundAt)).deadlineAt

  const start = async (roundAt: number, actor: Actor = HUB) => {
    if (closed) throw fault('UNAVAILABLE', 'The hub is stopping: begin the round when it is back.')
    const work = startRound(parts, actor, { roundAt, intervalMs: intervalOf(schedule, roundAt) })
    working.add(work)
    const round = await work.finally(() => working.delete(work))
    if (typeof round !== 'string') endLater(round.deadlineAt)
    return round
  }

  const startDue = async (dueAt: number) => {
    // A machine that slept wakes up late.
    if (isOver(dueAt)) {
      log.warn({ roundAt: new Date(dueAt) }, 'round missed')
      return
    }
    const round = await start(dueAt)
    if (typeof round !== 'string') log.debug(describe(round), 'round begun')
  }

  const follow = (after: number) => {
    const dueAt = nextDue(schedule, after, clock.now())
    if (dueAt === null) return
    later(dueAt, () => {
      const work = startDue(dueAt)
        .catch((error: unknown) => log.error({ error }, 'a round failed'))
        .then(() => follow(dueAt))
      working.add(work)
      void work.finally(() => working.delete(work))
    })
  }

  return {
    start,
    isOver,
    async resume() {
      const open = await parts.store.prisma.round.findMany({
        where: { closedAt: null, deadlineAt: { gte: new Date(clock.now()) } },
      })
      for (const { deadlineAt } of open) endLater(deadlineAt)
      void endDue()
    },
    followSchedule: () => follow(clock.now()),
    async close() {
      closed = true
      for (const cancel of waiting) cancel()
      await Promise.allSettled(working)
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
