import type { Withdrawal } from '../access/find-withdrawn.js'

/** The last event of a stream whose peer has lost access. */
export class WithdrawnEvent {
  readonly withdrawal: Withdrawal
  constructor(withdrawal: Withdrawal) {
    this.withdrawal = withdrawal
  }
}

interface Waiter {
  resolve(result: IteratorResult<unknown, undefined>): void
}

const DONE = { value: undefined, done: true } as const

/** Ends with an event that says why when access is withdrawn, even while its consumer waits. */
export class GuardedStream implements AsyncIterableIterator<unknown, undefined> {
  readonly #source: AsyncIterator<unknown>
  readonly #stopFollowing: () => void
  readonly #waiting = new Set<Waiter>()
  #withdrawn: WithdrawnEvent | null = null
  #hasEnded = false

  /** @param follow starts watching the access, and returns a function that stops it. */
  constructor(source: AsyncIterator<unknown>, follow: (onWithdrawn: (withdrawal: Withdrawal) => void) => () => void) {
    this.#source = source
    this.#stopFollowing = follow((withdrawal) => this.#withdraw(withdrawal))
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<unknown, undefined>> {
    if (this.#withdrawn) {
      const value = this.#withdrawn
      this.#withdrawn = null
      return Promise.resolve({ value, done: false })
    }
    if (this.#hasEnded) return Promise.resolve(DONE)
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { resolve }
      this.#waiting.add(waiter)
      void this.#passOn(waiter, reject)
    })
  }

  /** What arrives after the waiter got another answer is dropped. */
  async #passOn(waiter: Waiter, reject: (error: unknown) => void): Promise<void> {
    try {
      const result = await this.#source.next()
      if (!this.#waiting.delete(waiter)) return
      if (result.done) this.#end()
      waiter.resolve(result.done ? DONE : result)
    } catch (error) {
      if (!this.#waiting.delete(waiter)) return
      this.#end()
      reject(error)
    }
  }

  async return(): Promise<IteratorResult<unknown, undefined>> {
    this.#withdrawn = null
    this.#end()
    await this.#source.return?.()
    return DONE
  }

  async throw(error: unknown): Promise<IteratorResult<unknown, undefined>> {
    await this.return()
    throw error
  }

  #withdraw(withdrawal: Withdrawal): void {
    if (this.#hasEnded) return
    const [first, ...others] = this.#waiting
    this.#waiting.clear()
    const event = new WithdrawnEvent(withdrawal)
    if (first) first.resolve({ value: event, done: false })
    else this.#withdrawn = event
    for (const { resolve } of others) resolve(DONE)
    this.#end()
    void this.#source.return?.()
  }

  #end(): void {
    this.#hasEnded = true
    this.#stopFollowing()
    for (const { resolve } of this.#waiting) resolve(DONE)
    this.#waiting.clear()
  }
}
