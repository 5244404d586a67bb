import type { Clock } from '../../clock.js'
import { createAnswerQueue } from '../work/answer-queue.js'
import { submissionBackOffMs } from './back-off.js'
import { SubmitTicksDocument } from '../client/graphql.js'
import type { SubmitTicksInput } from '../client/graphql.js'
import { flushTime } from './flush-time.js'
import { judgeSubmission } from './judge-submission.js'
import type { AnswerOutcome } from './judge-submission.js'
import type { Answer } from '../work/make-answer.js'
import type { HubSocket } from './open-hub-socket.js'

/** A slow commit holds up only its own batch. */
const BATCHES_IN_FLIGHT_MAX = 4

export type FinalOutcome = Exclude<AnswerOutcome, { kind: 'RETRY' }> | { kind: 'EXPIRED' }

export interface SubmitterParts {
  clock: Clock
  random: () => number
  sign(answers: readonly Answer[]): SubmitTicksInput
  socket(): HubSocket | null
  more(): 'EXPECTED' | 'NONE'
  onSettled(answer: Answer, outcome: FinalOutcome): void
}

export interface Submitter {
  add(answer: Answer): void
  nudge(): void
  /** When every answer is taken, refused or past its deadline. */
  drained(): Promise<void>
  close(): void
}

/** Keeps answers that the hub could not take, or whose fate is unknown, until their deadline. */
export function createSubmitter(parts: SubmitterParts): Submitter {
  const { clock } = parts
  const queue = createAnswerQueue()
  let inFlight = 0
  let attempt = 0
  let pausedUntil = 0
  let cancelTimer = () => {}
  let isClosed = false
  const idleListeners = new Set<() => void>()

  function settle(answers: readonly Answer[], outcome: FinalOutcome): void {
    for (const answer of answers) parts.onSettled(answer, outcome)
  }
  function nudge(): void {
    cancelTimer()
    if (isClosed) return
    settle(queue.takeExpired(clock.now()), { kind: 'EXPIRED' })
    const dueAt = sendDue()
    if (dueAt !== null) cancelTimer = clock.at(dueAt, nudge)
    if (inFlight > 0 || queue.waiting() !== null) return
    for (const listener of idleListeners) listener()
    idleListeners.clear()
  }
  /** Returns when to look again; `null` for not before something happens. */
  function sendDue(): number | null {
    for (;;) {
      const waiting = queue.waiting()
      if (waiting === null) return null
      const socket = parts.socket()
      // Openings and replies nudge; until then only a deadline ends the waiting.
      if (socket === null || inFlight >= BATCHES_IN_FLIGHT_MAX) return waiting.deadlineAt
      const dueAt = Math.max(flushTime({ ...waiting, more: parts.more() }), pausedUntil)
      if (dueAt > clock.now()) return dueAt
      void send(socket, queue.take())
    }
  }
  async function send(socket: HubSocket, batch: Answer[]): Promise<void> {
    inFlight += 1
    const result = await socket.ask(SubmitTicksDocument, { input: parts.sign(batch) })
    inFlight -= 1
    const retried: Answer[] = []
    for (const [answer, outcome] of judgeSubmission(batch, result)) {
      if (outcome.kind === 'RETRY') retried.push(answer)
      else parts.onSettled(answer, outcome)
    }
    // Without a reply the connection failed, which has a back-off of its own.
    if (retried.length === 0) attempt = 0
    else if (result !== null) pausedUntil = clock.now() + submissionBackOffMs(attempt++, parts.random())
    queue.putBack(retried, clock.now())
    nudge()
  }

  return {
    add(answer) {
      settle(queue.add(answer, clock.now()), { kind: 'EXPIRED' })
      nudge()
    },
    nudge,
    drained: () =>
      new Promise((resolve) => {
        idleListeners.add(resolve)
        nudge()
      }),
    close() {
      isClosed = true
      cancelTimer()
    },
  }
}
