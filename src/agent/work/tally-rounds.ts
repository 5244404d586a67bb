import type { Clock } from '../../clock.js'
import type { Measurement } from '../../protocol/tick.js'
import type { ReportEvent, RoundSummary } from '../agent-event.js'
import type { Answer } from './make-answer.js'
import { median } from './median.js'
import type { NoAnswer } from './hub-reason.js'
import type { FinalOutcome } from '../link/submit-answers.js'
import type { Task } from './read-task.js'
import { isLasting } from './lasting-reason.js'
import type { LastingReason } from './lasting-reason.js'
import { tellEpisodes } from './tell-episodes.js'

/** Replies to the last batches may still be on their way. */
const LATE_REPLIES_MS = 5000

/** Reports each round once, when its last task has ended. */
export interface RoundTally {
  asked(tasks: readonly Task[]): void
  measured(task: Task, measurement: Measurement): void
  unanswered(task: Task, reason: NoAnswer, message: string): void
  settled(answer: Answer, outcome: FinalOutcome): void
  /** Sums up the open rounds; resolves when all are reported. */
  close(): Promise<void>
}

interface OpenRound {
  summary: RoundSummary
  latenciesUs: number[]
  openCount: number
  cancelTimer: () => void
}

export function tallyRounds(clock: Clock, report: ReportEvent, readBalance: () => Promise<string | null>): RoundTally {
  const rounds = new Map<number, OpenRound>()
  const episodes = tellEpisodes(report)
  let telling = Promise.resolve()

  function finish(roundAt: number): void {
    const round = rounds.get(roundAt)
    if (round === undefined) return
    rounds.delete(roundAt)
    round.cancelTimer()
    episodes.roundOver(roundAt)
    const { summary, openCount, latenciesUs } = round
    const unsent = summary.unsent + openCount
    const summedUp = { ...summary, unsent, medianLatencyUs: median(latenciesUs) }
    // So that the rounds are reported in their order.
    telling = telling.then(async () => report({ event: 'ROUND', ...summedUp, pendingPayouts: await readBalance() }))
  }
  function endTask(round: OpenRound, { roundAt }: Task): void {
    round.openCount -= 1
    if (round.openCount === 0) finish(roundAt)
  }

  return {
    asked(tasks) {
      for (const { roundAt, round: text, deadlineAt } of tasks) {
        const round =
          rounds.get(roundAt) ??
          openRound(
            text,
            clock.at(deadlineAt + LATE_REPLIES_MS, () => finish(roundAt)),
          )
        rounds.set(roundAt, round)
        round.summary.websites += 1
        round.openCount += 1
      }
    },
    measured({ roundAt }, measurement) {
      const round = rounds.get(roundAt)
      if (round === undefined) return
      episodes.measured(roundAt, measurement)
      const { latencyUs } = measurement
      round.summary[measurement.status === 'Good' ? 'good' : 'bad'] += 1
      if (latencyUs !== null) round.latenciesUs.push(latencyUs)
    },
    unanswered(task, reason, message) {
      const round = rounds.get(task.roundAt)
      if (round === undefined) return
      const count = addOne(round.summary.unanswered, reason)
      if (isLasting(reason)) episodes.abstained(task.roundAt, reason, message)
      else if (count === 1 && reason !== 'CALLED_OFF') tellUnanswered(report, task, reason, message)
      endTask(round, task)
    },
    settled({ task }, outcome) {
      const round = rounds.get(task.roundAt)
      if (round === undefined) return
      if (outcome.kind === 'ACCEPTED') round.summary.accepted += 1
      if (outcome.kind === 'EXPIRED') round.summary.unsent += 1
      if (outcome.kind === 'REJECTED') {
        const { reason, message } = outcome
        const count = addOne(round.summary.rejected, reason)
        if (count === 1) report({ event: 'TICK_REJECTED', roundAt: task.round, reason, message })
      }
      endTask(round, task)
    },
    close() {
      for (const roundAt of rounds.keys()) finish(roundAt)
      return telling
    },
  }
}

function tellUnanswered(
  report: ReportEvent,
  { round: roundAt, url }: Task,
  reason: Exclude<NoAnswer, LastingReason>,
  message: string,
): void {
  report({ event: 'TASK_UNANSWERED', roundAt, reason, url, message })
}

function openRound(roundAt: string, cancelTimer: () => void): OpenRound {
  const counts = { websites: 0, good: 0, bad: 0, accepted: 0, unsent: 0 }
  return {
    summary: { roundAt, ...counts, medianLatencyUs: null, rejected: {}, unanswered: {} },
    latenciesUs: [],
    openCount: 0,
    cancelTimer,
  }
}

function addOne<Reason extends string>(counts: Partial<Record<Reason, number>>, reason: Reason): number {
  const count = (counts[reason] ?? 0) + 1
  counts[reason] = count
  return count
}
