import type { GraphQLError } from 'graphql'
import { nextTurn, type Turnstile } from '../turnstile.js'
import { fault } from './fault.js'

/** Fields of an operation that are resolved in one turn of the event loop, about 5 ms. */
const FIELDS_PER_TURN = 1_000
/** The items of a longer list are handed over one by one, so that its making can wait in between. */
const LIST_AT_ONCE_MAX = 20

/** JSON that is as long as its text: printable ASCII without quotation marks and backslashes. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

/**
 * What the answer to one operation has come to while it is being made: it stops at a stated size, and gives way to
 * others every so many fields. Counted and not timed, so that the same document always takes the same statements.
 *
 * Nothing is thrown where it stops: the executor would note an error for each of the fields under way, and lose some of
 * their rejections. The fields are never resolved instead, and whoever runs the operation answers with `stopped`.
 */
export class Answer {
  readonly #turnstile: Turnstile
  readonly #maxBytes: number
  readonly #never = new Promise<never>(() => undefined)
  // The braces around it.
  #bytes = 2
  #fieldsSinceTurn = 0
  #stop: (excess: GraphQLError) => void = () => undefined
  /** Resolves when the answer is too large, with what the caller is told. */
  readonly stopped = new Promise<GraphQLError>((resolve) => {
    this.#stop = resolve
  })

  /** @param maxBytes of JSON; Infinity for a subscription, whose events are answers of their own. */
  constructor(turnstile: Turnstile, maxBytes: number) {
    this.#turnstile = turnstile
    this.#maxBytes = maxBytes
  }

  /** Counts a field by the name that it has in the answer. Null, or what never resolves when there is no room for it. */
  addField(responseName: string): Promise<never> | null {
    this.#fieldsSinceTurn += 1
    // Quotation marks, a colon and a comma.
    return this.#add(responseName.length + 4)
  }

  /** Counts the value of a field that has no fields below it. */
  addLeaf(value: unknown): unknown {
    return this.#add(jsonBytes(value)) ?? value
  }

  /** Counts what was made without being counted. */
  hasRoomFor(value: unknown): boolean {
    return this.#add(jsonBytes(value)) === null
  }

  addObject(value: unknown): unknown {
    return this.#add(2) ?? value
  }

  /** Counts the braces and commas of a list, and hands its items over when it is their turn. */
  addList(items: readonly unknown[]): unknown {
    const never = this.#add(3 * items.length + 2)
    if (never) return never
    if (items.length > LIST_AT_ONCE_MAX) return this.#inTurns(items)
    if (this.#fieldsSinceTurn < FIELDS_PER_TURN) return items
    return this.#giveWay().then(() => items)
  }

  /** The executor takes promises for items. Each is given when what came before it has been resolved as far as it can be. */
  #inTurns(items: readonly unknown[]): Promise<unknown>[] {
    const waiting: ((item: unknown) => void)[] = []
    const promised = items.map(() => new Promise((resolve) => void waiting.push(resolve)))
    void this.#handOver(items, waiting)
    return promised
  }

  async #handOver(items: readonly unknown[], waiting: readonly ((item: unknown) => void)[]): Promise<void> {
    for (const [index, item] of items.entries()) {
      if (this.#bytes > this.#maxBytes) return
      await (this.#fieldsSinceTurn < FIELDS_PER_TURN ? null : this.#giveWay())
      waiting[index]?.(item)
    }
  }

  #giveWay(): Promise<void> {
    this.#fieldsSinceTurn = 0
    return nextTurn(this.#turnstile)
  }

  #add(bytes: number): Promise<never> | null {
    this.#bytes += bytes
    if (this.#bytes <= this.#maxBytes) return null
    this.#stop(
      fault(
        'LIMIT_EXCEEDED',
        `The answer is larger than ${this.#maxBytes} bytes: ask for smaller pages or fewer fields.`,
        { limit: this.#maxBytes, of: 'answer' },
      ),
    )
    return this.#never
  }
}

function jsonBytes(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return PLAIN.test(value) ? value.length + 2 : Buffer.byteLength(JSON.stringify(value))
    case 'number':
    case 'boolean':
      return String(value).length
    case 'bigint':
      return String(value).length + 2
    case 'object':
      if (value === null) return 4
      if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + jsonBytes(item) + 1, 2)
      return value instanceof Date ? 26 : Buffer.byteLength(JSON.stringify(value) ?? '')
    default:
      return 4
  }
}
