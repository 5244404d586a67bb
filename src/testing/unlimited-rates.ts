import { RATES_MAX } from '../limits.js'
import { addressKey, RATE_NAMES, type RateLimits, type Rates } from '../rates.js'

/** Lets everything pass. */
export const unlimitedRates: Rates = {
  take: () => Promise.resolve(null),
  look: () => Promise.resolve(null),
  charge: () => Promise.resolve(),
  giveBack: () => Promise.resolve(),
  vouch: () => undefined,
  payerOf: addressKey,
}

/** As good as none: a suite sends in a minute what people send in a day. */
export const WIDE_RATES = Object.fromEntries(RATE_NAMES.map((name) => [name, RATES_MAX])) as unknown as RateLimits
