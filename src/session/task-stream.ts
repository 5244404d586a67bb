import type { Clock } from '../clock.js'
import { WAITING_ROUNDS_MAX } from '../limits.js'
import type { TaskSource, ValidateTask } from './task.js'
import type { Turnstile } from '../turnstile.js'

interface TaskStreamParts {
  clock: Pick<Clock, 'now'>
  turnstile: Turnstile
}

/**
 * The events of one `tasks` subscription. Each is made when the one before it has been written, so a peer that does not
 * read holds back a few cursors; and one a turn of the event loop, so that large rounds do not hold up the first answers.
 * Not an async generator: those cannot be ended while they wait.
 */
export class TaskStream implements AsyncIterableIterator<ValidateTask[]> {
  readonly #waiting: TaskSource[] = []
  #pending: ((result: IteratorResult<ValidateTask[]>) => void) | null = null
  #hasTurn = false
  #ended = false
  readonly #parts: TaskStreamParts
  readonly #onEnd: () => void

  constructor(parts: TaskStreamParts, onEnd: () => void) {
    this.#parts = parts
    this.#onEnd = onEnd
  }

  /** Gives a round's tasks to this subscription. */
  push(source: TaskSource): void {
    if (this.#ended) return
    this.#waiting.push(source)
    if (this.#waiting.length > WAITING_ROUNDS_MAX) this.#waiting.shift()
    this.#awaitTurn()
  }

  next(): Promise<IteratorResult<ValidateTask[]>> {
    if (this.#ended) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve) => {
      this.#pending = resolve
      this.#awaitTurn()
    })
  }

  return(): Promise<IteratorResult<ValidateTask[]>> {
    this.end()
    return Promise.resolve({ done: true, value: undefined })
  }

  /** Ends the subscription, also while its consumer waits. */
  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#waiting.length = 0
    this.#pending?.({ done: true, value: undefined })
    this.#pending = null
    this.#onEnd()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #awaitTurn(): void {
    if (this.#hasTurn || !this.#pending || this.#waiting.length === 0) return
    this.#hasTurn = true
    this.#parts.turnstile.enter(() => {
      this.#hasTurn = false
      const tasks = this.#take()
      if (!tasks || !this.#pending) return
      const pending = this.#pending
      this.#pending = null
      pending({ done: false, value: tasks })
    })
  }

  #take(): ValidateTask[] | null {
    for (let source = this.#waiting[0]; source; source = this.#waiting[0]) {
      const tasks = source.deadlineAt > this.#parts.clock.now() ? source.next() : []
      if (tasks.length > 0) return tasks
      this.#waiting.shift()
    }
    return null
  }
}
