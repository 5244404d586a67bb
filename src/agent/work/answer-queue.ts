import { TICKS_PER_BATCH_MAX } from '../../protocol/limits.js'
import type { Answer } from './make-answer.js'

/** Answers that may wait for their hub; what four full rounds of a busy one come to. */
const ANSWERS_MAX = 40_000

/** The one line in which answers wait to be sent, oldest first. */
export interface AnswerQueue {
  /** Returns the answers that had to go for it, the oldest: they are the nearest to their deadline. */
  add(answer: Answer, now: number): Answer[]
  /** Answers to be sent again go before those that were never sent. */
  putBack(answers: readonly Answer[], now: number): void
  /** The next batch. */
  take(): Answer[]
  /** Takes out those whose deadline has passed. */
  takeExpired(now: number): Answer[]
  /** `null` while nobody waits, as below. */
  firstDeadline(): number | null
  waiting(): { count: number; firstAt: number; lastAt: number } | null
}

interface Entry {
  answer: Answer
  since: number
}

export function createAnswerQueue(max = ANSWERS_MAX): AnswerQueue {
  let entries: Entry[] = []

  function takeOut(isTaken: (entry: Entry) => boolean): Answer[] {
    const taken = entries.filter(isTaken)
    if (taken.length > 0) entries = entries.filter((entry) => !isTaken(entry))
    return taken.map(({ answer }) => answer)
  }

  return {
    add(answer, now) {
      entries.push({ answer, since: now })
      return entries.splice(0, Math.max(0, entries.length - max)).map((entry) => entry.answer)
    },
    putBack(answers, now) {
      entries.unshift(...answers.map((answer) => ({ answer, since: now })))
    },
    take: () => entries.splice(0, TICKS_PER_BATCH_MAX).map(({ answer }) => answer),
    takeExpired: (now) => takeOut(({ answer }) => answer.task.deadlineAt <= now),
    firstDeadline: () =>
      entries.reduce<number | null>((first, { answer }) => Math.min(first ?? Infinity, answer.task.deadlineAt), null),
    waiting() {
      const first = entries[0]
      const last = entries.at(-1)
      return first && last ? { count: entries.length, firstAt: first.since, lastAt: last.since } : null
    },
  }
}
