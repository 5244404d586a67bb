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
  /** Of them: it is asked for with every answer. */
  let firstDeadlineAt = Infinity

  function hold(held: Entry[]): void {
    entries = held
    firstDeadlineAt = held.reduce((least, { answer }) => Math.min(least, answer.task.deadlineAt), Infinity)
  }
  function takeFirst(count: number): Answer[] {
    const taken = entries.slice(0, count)
    if (count > 0) hold(entries.slice(count))
    return taken.map(({ answer }) => answer)
  }

  return {
    add(answer, now) {
      entries.push({ answer, since: now })
      firstDeadlineAt = Math.min(firstDeadlineAt, answer.task.deadlineAt)
      return takeFirst(Math.max(0, entries.length - max))
    },
    putBack: (answers, now) => hold([...answers.map((answer) => ({ answer, since: now })), ...entries]),
    take: () => takeFirst(TICKS_PER_BATCH_MAX),
    takeExpired(now) {
      if (now < firstDeadlineAt) return []
      const isExpired = ({ answer }: Entry) => answer.task.deadlineAt <= now
      const expired = entries.filter(isExpired)
      hold(entries.filter((entry) => !isExpired(entry)))
      return expired.map(({ answer }) => answer)
    },
    waiting() {
      const first = entries[0]
      const last = entries.at(-1)
      if (first === undefined || last === undefined) return null
      return { count: entries.length, firstAt: first.since, lastAt: last.since, deadlineAt: firstDeadlineAt }
    },
  }
}
