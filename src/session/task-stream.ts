import type { Clock } from '../clock.js'
import type { TaskSource, ValidateTask } from './task.js'

/** Rounds that may wait for a socket that is slow; the oldest gives way, for its deadline is the nearest. */
const WAITING_ROUNDS_MAX = 2

/**
 * The events of one `tasks` subscription. Each is made when the transport has written the one before it, so a peer
 * that does not read holds back a few rounds' cursors and nothing else.
 * Not an async generator: those cannot be ended while they wait.
 */
export class TaskStream implements AsyncIterableIterator<ValidateTask[]> {
  readonly #waiting: TaskSource[] = []
  #pending: ((result: IteratorResult<ValidateTask[]>) => void) | null = null
  #ended = false
  readonly #clock: Pick<Clock, 'now'>
  readonly #onEnd: () => void

  constructor(clock: Pick<Clock, 'now'>, onEnd: () => void) {
    this.#clock = clock
    this.#onEnd = onEnd
  }

  /** Gives a round's tasks to this subscription. */
  push(source: TaskSource): void {
    if (this.#ended) return
    this.#waiting.push(source)
    if (this.#waiting.length > WAITING_ROUNDS_MAX) this.#waiting.shift()
    const pending = this.#pending
    if (!pending) return
    const tasks = this.#take()
    if (!tasks) return
    this.#pending = null
    pending({ done: false, value: tasks })
  }

  next(): Promise<IteratorResult<ValidateTask[]>> {
    if (this.#ended) return Promise.resolve({ done: true, value: undefined })
    const tasks = this.#take()
    if (tasks) return Promise.resolve({ done: false, value: tasks })
    return new Promise((resolve) => {
      this.#pending = resolve
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

  #take(): ValidateTask[] | null {
    for (let source = this.#waiting[0]; source; source = this.#waiting[0]) {
      const tasks = source.deadlineAt > this.#clock.now() ? source.next() : []
      if (tasks.length > 0) return tasks
      this.#waiting.shift()
    }
    return null
  }
}
