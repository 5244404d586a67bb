import type { Cron } from 'croner'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import { type Actor, HUB } from '../graph/actor.js'
import { fault } from '../graph/fault.js'
import { ROUND_RETRY_MS } from '../limits.js'
import { isDatabaseAway } from '../store/database-away.js'
import { type BeginningParts, createBegin } from './begin-once.js'
import { createOwnWork } from './own-work.js'
import { intervalOf, roundSchedule, roundTimes } from './round-times.js'
import type { NotStarted, StartedRound } from './start-round.js'

export interface Rounds {
  /** Begins a round now, by itself or for an actor. @throws UNAVAILABLE once the hub stops or the disk has no room. */
  start(roundAt: number, actor?: Actor): Promise<StartedRound | NotStarted>
  /** Whether it is too late to answer the round of an instant. */
  isOver(roundAt: number): boolean
  /** When the schedule begins the next one; null when it never does. */
  nextRoundAt(): number | null
  /** Ends the rounds that were open when the hub started, at their deadlines or in the background. */
  resume(): Promise<void>
  followSchedule(): void
  close(): Promise<void>
}

/** @param endDue ends the rounds whose deadlines have passed. It never rejects, and its maker waits for it. */
export function createRounds(parts: BeginningParts, endDue: () => Promise<void>): Rounds {
  const { clock, log, settings } = parts
  const schedule = roundSchedule(settings.roundCron)
  const work = createOwnWork(clock)
  const tellFailure = createTellFailure(log)

  // What arrives at the deadline itself is in time.
  const endLater = (deadlineAt: Date) => work.later(deadlineAt.getTime() + 1, () => void endDue())

  const isOver = (roundAt: number) =>
    clock.now() >= roundTimes(settings, roundAt, intervalOf(schedule, roundAt)).deadlineAt

  const begin = createBegin(parts, { intervalOf: (roundAt) => intervalOf(schedule, roundAt), isOver })

  const start = async (roundAt: number, actor: Actor = HUB) => {
    if (work.isClosed()) throw fault('UNAVAILABLE', 'The hub is stopping: begin the round when it is back.')
    const beginning = begin(roundAt, actor)
    work.track(beginning)
    const round = await beginning
    if (typeof round !== 'string') endLater(round.deadlineAt)
    return round
  }

  const startDue = async (dueAt: number) => {
    // A machine that slept wakes up late.
    if (isOver(dueAt)) {
      log.warn({ roundAt: new Date(dueAt) }, 'round missed')
      return
    }
    try {
      const round = await start(dueAt)
      if (typeof round !== 'string') log.debug(describe(round), 'round begun')
    } catch (error) {
      if (work.isClosed()) return
      tellFailure(dueAt, error)
      work.later(clock.now() + ROUND_RETRY_MS, () => work.track(startDue(dueAt)))
    }
  }

  const follow = (after: number) => {
    const dueAt = nextDue(schedule, after, clock.now())
    if (dueAt === null) return
    work.later(dueAt, () => {
      work.track(startDue(dueAt).then(() => follow(dueAt)))
    })
  }

  return {
    start,
    isOver,
    nextRoundAt: () => nextDue(schedule, 0, clock.now()),
    async resume() {
      const open = await parts.store.prisma.round.findMany({
        where: { closedAt: null, deadlineAt: { gte: new Date(clock.now()) } },
      })
      for (const { deadlineAt } of open) endLater(deadlineAt)
      void endDue()
    },
    followSchedule: () => follow(clock.now()),
    close: work.close,
  }
}

/** The next instant after both: what fell due while a round was slow to begin is left out, never made up for. */
function nextDue(schedule: Cron, after: number, now: number): number | null {
  return schedule.nextRun(new Date(Math.max(after, now)))?.getTime() ?? null
}

function describe({ roundAt, websiteCount, validatorCount }: StartedRound) {
  return { roundAt, websiteCount, validatorCount }
}

/** Once for each round, however often it is tried. */
function createTellFailure(log: Logger): (dueAt: number, error: unknown) => void {
  let toldOf: number | null = null
  return (dueAt, error) => {
    if (toldOf === dueAt) return
    toldOf = dueAt
    const isPassing = isDatabaseAway(error) || error instanceof GraphQLError
    const told = { error, roundAt: new Date(dueAt) }
    log[isPassing ? 'warn' : 'error'](told, 'a round failed: it is tried again until its deadline')
  }
}
