import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { LONG_RATES_S, RATE_KEYS_MAX, VOUCHED_MAX } from '../limits.js'
import { addressKey, type RateLimits, type RateName, type Rates } from '../rates.js'

export interface RateLimiter extends Rates {
  close(): void
}

const WINDOW_S = 60
const KEY_LENGTH_MAX = 96

/** By machine time, since it limits real load. The keys that were quiet longest go first, so a flood fills nothing. */
export function createRateLimiter(limits: RateLimits): RateLimiter {
  const counters = new Map<RateName, Counter>()
  // Each takes half a megabyte at once, and many are never used.
  const counterOf = (name: RateName): Counter => {
    const counter = counters.get(name) ?? createCounter(limits[name], LONG_RATES_S[name] ?? WINDOW_S)
    counters.set(name, counter)
    return counter
  }
  const vouched = new LRUCache<string, true>({ max: VOUCHED_MAX })
  const pair = (address: string, secretOf: string) => shorten(`${addressKey(address)} ${secretOf}`)
  return {
    take: (name, key, cost = 1) => counterOf(name).take(shorten(key), cost),
    look: (name, key) => counterOf(name).look(shorten(key)),
    charge: (name, key, cost = 1) => counterOf(name).charge(shorten(key), cost),
    giveBack: (name, key, cost = 1) => counterOf(name).giveBack(shorten(key), cost),
    vouch: (address, secretOf) => void vouched.set(pair(address, secretOf), true),
    payerOf(address, secretOf) {
      const together = pair(address, secretOf)
      return vouched.get(together) ? together : addressKey(address)
    },
    close() {
      for (const counter of counters.values()) counter.clear()
    },
  }
}

type Counter = ReturnType<typeof createCounter>

function createCounter(limit: number, windowS: number) {
  const limiter = new RateLimiterMemory({ points: limit, duration: windowS })
  const keys = new LRUCache<string, true>({
    max: RATE_KEYS_MAX,
    // The limiter itself answers at once, although it returns promises.
    dispose: (_value, key, reason) => void (reason !== 'set' && limiter.delete(key)),
  })
  return {
    async take(key: string, cost: number): Promise<number | null> {
      const counted = Math.min(cost, limit)
      keys.set(key, true)
      try {
        await limiter.consume(key, counted)
        return null
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error
        await limiter.reward(key, counted)
        return secondsOf(error, windowS)
      }
    },
    async look(key: string): Promise<number | null> {
      const found = await limiter.get(key)
      return found !== null && found.consumedPoints >= limit && found.msBeforeNext > 0
        ? secondsOf(found, windowS)
        : null
    },
    async charge(key: string, cost: number): Promise<void> {
      keys.set(key, true)
      await limiter.penalty(key, Math.min(cost, limit))
    },
    async giveBack(key: string, cost: number): Promise<void> {
      if ((await limiter.get(key)) !== null) await limiter.reward(key, Math.min(cost, limit))
    },
    clear: () => keys.clear(),
  }
}

function secondsOf({ msBeforeNext }: RateLimiterRes, windowS: number): number {
  // The machine's clock may have been set back since; the window itself ends by a timer.
  return Math.min(windowS, Math.max(1, Math.ceil(msBeforeNext / 1000)))
}

function shorten(key: string): string {
  return key.length <= KEY_LENGTH_MAX ? key : createHash('sha256').update(key).digest('base64url')
}
