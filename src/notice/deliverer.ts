import type { Parts } from '../parts.js'
import { MINUTE_MS } from '../time.js'
import type { ChannelSender } from './channel-sender.js'
import { claimDeliveries, type ClaimedDelivery, findNextDue } from './claim-deliveries.js'
import { recordAttempt } from './record-attempt.js'
import { sendUnlessDenied } from './send-unless-denied.js'

const SENDING_MAX = 8
/** How often it looks without a reason: another hub may have died over a delivery. */
const LOOK_MS = MINUTE_MS
/** When something is due that another hub holds. */
const LOOK_MIN_MS = 1_000
/** When the database did not answer. */
const LOOK_FAILED_MS = 10_000

export interface DelivererParts extends Pick<Parts, 'store' | 'bus' | 'clock' | 'log'> {
  channelSender: ChannelSender
}

/** Sends a hub's share of the outbox: at the start, on news, and when the next message is due. */
export class Deliverer {
  readonly #parts: DelivererParts
  readonly #random: () => number
  readonly #sending = new Set<Promise<void>>()
  readonly #stopListening: readonly (() => void)[]
  #state: 'open' | 'closing' = 'open'
  #isAsked = false
  #looking: Promise<void> | null = null
  #cancelTimer: () => void = () => undefined

  constructor(parts: DelivererParts, random: () => number = Math.random) {
    this.#parts = parts
    this.#random = random
    const wake = () => this.wake()
    this.#stopListening = [parts.bus.subscribe('roundEnded', wake), parts.bus.subscribe('incidentChanged', wake)]
    wake()
  }

  wake(): void {
    if (this.#state === 'closing') return
    this.#isAsked = true
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null
      if (this.#isAsked) this.wake()
    })
  }

  /** Resolves when nothing is being looked up or sent. */
  async idle(): Promise<void> {
    while (this.#looking !== null || this.#sending.size > 0) await Promise.all([this.#looking, ...this.#sending])
  }

  /** Takes no more, ends what is under way and records it. */
  async close(): Promise<void> {
    this.#state = 'closing'
    for (const stop of this.#stopListening) stop()
    await this.#looking
    this.#cancelTimer()
    await this.#parts.channelSender.close()
    await Promise.all(this.#sending)
  }

  async #look(): Promise<void> {
    const { clock, log } = this.#parts
    while (this.#isAsked && this.#state === 'open') {
      this.#isAsked = false
      const next = await this.#takeDue().catch((error: unknown) => {
        log.warn({ error }, 'the outbox could not be read')
        return clock.now() + LOOK_FAILED_MS
      })
      this.#cancelTimer()
      // The machine may have slept meanwhile.
      if (next <= clock.now()) this.#isAsked = true
      else this.#cancelTimer = clock.at(next, () => this.wake())
    }
  }

  /** Returns when to look again, in Unix milliseconds. */
  async #takeDue(): Promise<number> {
    const { store, clock } = this.#parts
    const now = clock.now()
    const limit = SENDING_MAX - this.#sending.size
    let due = await findNextDue(store)
    if (due !== null && due <= now && limit > 0) {
      for (const claimed of await claimDeliveries(store, { now, limit })) this.#start(claimed)
      due = await findNextDue(store)
    }
    if (due !== null && due <= now) return now + LOOK_MIN_MS
    return Math.min(now + LOOK_MS, due ?? Infinity)
  }

  #start(claimed: ClaimedDelivery): void {
    const work = this.#deliver(claimed).finally(() => {
      this.#sending.delete(work)
      this.wake()
    })
    this.#sending.add(work)
  }

  async #deliver(delivery: ClaimedDelivery): Promise<void> {
    const { store, clock, log } = this.#parts
    const startedAt = clock.now()
    const { id: deliveryId, channelId, payload } = delivery
    try {
      const result = await sendUnlessDenied(this.#parts, delivery, { id: deliveryId, payload, at: startedAt })
      await recordAttempt(store, { delivery, startedAt, endedAt: clock.now(), random: this.#random(), result })
      const { outcome, httpStatus } = result
      log.debug({ deliveryId, channelId, outcome, httpStatus }, 'a message was sent to a channel')
    } catch (error) {
      // Nobody knows whether it was delivered: it is sent again, with the same id, after its lease.
      log.warn({ error, deliveryId, channelId }, 'what became of a message to a channel could not be written down')
    }
  }
}
