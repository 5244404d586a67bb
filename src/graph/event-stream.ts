import { fault } from './fault.js'

/** What a subscription sends: first what exists, then changes by key, each when the peer asks for it. */
export interface EventSource<Change, Event> {
  /** Called once, when the stream is made. Returns a function that unsubscribes. */
  listen(hear: (key: string, change: Change) => void): () => void
  /** The next of what exists before any change; an empty page is the last. */
  readPage(): Promise<Event[]>
  /** Joins two changes of one key, when nobody has asked for the older one. */
  merge(older: Change, newer: Change): Change
  /** Looked up only when it is sent; null when there is nothing left to send. */
  readChange(key: string, change: Change): Promise<Event | null>
  /** Waiting keys. Beyond it the stream fails, for its peer does not read. */
  pendingMax: number
}

interface Waiter<Event> {
  resolve(result: IteratorResult<Event, undefined>): void
  reject(error: unknown): void
}

const DONE = { value: undefined, done: true } as const

/** A class and no generator, whose `return` would wait, still subscribed, for a pending `next`. */
export class EventStream<Change, Event> implements AsyncIterableIterator<Event, undefined> {
  readonly #source: EventSource<Change, Event>
  readonly #pending = new Map<string, Change>()
  readonly #waiting: Waiter<Event>[] = []
  readonly #stopListening: () => void
  #page: Event[] = []
  #pages: 'more' | 'told' = 'more'
  #serving = false
  #ended = false
  #failure: { error: unknown } | null = null

  constructor(source: EventSource<Change, Event>) {
    this.#source = source
    this.#stopListening = source.listen((key, change) => this.#hear(key, change))
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<Event, undefined>> {
    if (this.#failure) {
      const { error } = this.#failure
      this.#failure = null
      throw error
    }
    if (this.#ended) return DONE
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      void this.#serve()
    })
  }

  async return(): Promise<IteratorResult<Event, undefined>> {
    this.#end()
    return DONE
  }

  async throw(error: unknown): Promise<IteratorResult<Event, undefined>> {
    this.#end()
    throw error
  }

  #hear(key: string, change: Change): void {
    const older = this.#pending.get(key)
    this.#pending.set(key, older === undefined ? change : this.#source.merge(older, change))
    if (this.#pending.size > this.#source.pendingMax) {
      this.#fail(fault('UNAVAILABLE', 'The subscription is read more slowly than changes arrive: subscribe again.'))
      return
    }
    void this.#serve()
  }

  /** Nothing runs between the last look for changes and the end of serving, so none is missed. */
  async #serve(): Promise<void> {
    if (this.#serving) return
    this.#serving = true
    try {
      while (this.#waiting.length > 0 && (this.#pages === 'more' || this.#page.length > 0 || this.#pending.size > 0)) {
        const event = await this.#read()
        if (event !== null) this.#waiting.shift()?.resolve({ value: event, done: false })
      }
    } catch (error) {
      this.#fail(error)
    } finally {
      this.#serving = false
    }
  }

  async #read(): Promise<Event | null> {
    if (this.#page.length === 0 && this.#pages === 'more') {
      this.#page = await this.#source.readPage()
      if (this.#page.length === 0) this.#pages = 'told'
    }
    const first = this.#page.shift()
    if (first !== undefined) return first
    for (const [key, change] of this.#pending) {
      this.#pending.delete(key)
      return this.#source.readChange(key, change)
    }
    return null
  }

  #fail(error: unknown): void {
    if (this.#ended) return
    const waiter = this.#waiting.shift()
    if (waiter) waiter.reject(error)
    else this.#failure = { error }
    this.#end()
  }

  #end(): void {
    this.#ended = true
    this.#stopListening()
    this.#pending.clear()
    this.#page = []
    this.#pages = 'told'
    for (const waiter of this.#waiting.splice(0)) waiter.resolve(DONE)
  }
}
