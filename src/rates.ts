import ipaddr from 'ipaddr.js'

/** What is counted for each address, account or key, in windows of a minute. `src/limits.ts` says how much and why. */
export const RATE_NAMES = [
  'ANONYMOUS_COST',
  'ACCOUNT_COST',
  'BAD_TOKENS',
  'LOG_INS',
  'LOG_INS_OF_ACCOUNT',
  'CHALLENGES',
  'SIGNUPS',
  'SIGNUPS_OF_KEY',
  'BAD_SUBMISSIONS',
  'SPARE_TICKS_OF_KEY',
  'TASK_STREAMS_OF_KEY',
  'OWNERSHIP_LOOKS',
  'OWNERSHIP_LOOKS_AT_HOST',
] as const
export type RateName = (typeof RATE_NAMES)[number]

export type RateLimits = Readonly<Record<RateName, number>>

export interface Rates {
  /** Counts `cost` (capped at the whole limit) and returns null, or counts nothing and returns the seconds to wait. */
  take(name: RateName, key: string, cost?: number): Promise<number | null>
  /** Seconds until there is room for anything, or null. Counts nothing. */
  look(name: RateName, key: string): Promise<number | null>
  /** Counts `cost` even beyond the limit. */
  charge(name: RateName, key: string, cost?: number): Promise<void>
  giveBack(name: RateName, key: string, cost?: number): Promise<void>
  /** Notes that whoever is at an address has proved to hold a secret: a validator's key or a token. */
  vouch(address: string, secretOf: string): void
  /** Vouched pairs of address and secret pay for themselves, so that others at the address use up none of theirs. */
  payerOf(address: string, secretOf: string): string
}

/** A customer gets at least a /64. */
const IPV6_GROUPS = 4

export function addressKey(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
  const groups = parsed.parts.slice(0, IPV6_GROUPS).map((group) => group.toString(16))
  return `${groups.join(':')}::/64`
}
