import { TICKS_PER_BATCH_MAX } from '../../protocol/limits.js'
import type { Answer } from './make-answer.js'

/** Four full rounds of a busy hub. */
const ANSWERS_MAX = 40_000

export interface AnswerQueue {
  /** Returns the answers that had to go for it: the oldest, nearest to their deadline. */
  add(answer: Answer, now: number): Answer[]
  /** They go before those that were never sent. */
  putBack(answers: readonly Answer[], now: number): void
  take(): Answer[]
  takeExpired(now: number): Answer[]
  waiting(): { count: number; firstAt: number; lastAt: number; deadlineAt: number } | null
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
    waiting() {
      const first = entries[0]
      const last = entries.at(-1)
      if (first === undefined || last === undefined) return null
      const deadlineAt = entries.reduce((least, { answer }) => Math.min(least, answer.task.deadlineAt), Infinity)
      return { count: entries.length, firstAt: first.since, lastAt: last.since, deadlineAt }
    },
  }
}
