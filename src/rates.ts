import ipaddr from 'ipaddr.js'

/** What is counted of each address, account or key, for a minute or an hour from its first. `src/limits.ts` says how much and why. */
export const RATE_NAMES = [
  'ANONYMOUS_COST',
  'ACCOUNT_COST',
  'BAD_TOKENS',
  'LOG_INS',
  'WRONG_PASSWORDS_FROM_ADDRESS',
  'WRONG_PASSWORDS_OF_ACCOUNT',
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

/** How much of each there may be in its time. */
export type RateLimits = Readonly<Record<RateName, number>>

/** Counts what peers do, so that nobody does too much of it. */
export interface Rates {
  /**
   * Counts `cost` for whom `key` names, at most as much as there may be at all. Null when there was room for it; else it
   * is not counted, and these are the whole seconds until there is room.
   */
  take(name: RateName, key: string, cost?: number): Promise<number | null>
  /** The whole seconds until there is room for anything; null when there is now. Counts nothing. */
  look(name: RateName, key: string): Promise<number | null>
  /** Counts `cost` whether there is room for it or not. */
  charge(name: RateName, key: string, cost?: number): Promise<void>
  /** Takes back what was counted. */
  giveBack(name: RateName, key: string, cost?: number): Promise<void>
  /** Takes note that somebody at an address has proved to hold a secret: a validator's key, or a token. */
  vouch(address: string, secretOf: string): void
  /**
   * Who answers for what comes from an address in somebody's name: the two together once the one was vouched for there, so
   * that others at the same address use up nothing of theirs; else the address.
   */
  payerOf(address: string, secretOf: string): string
}

/** 64 bits of an IPv6 address are one customer's at least. */
const IPV6_GROUPS = 4

/** What an address counts as: itself, and an IPv6 address as its /64. */
export function addressKey(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
  const groups = parsed.parts.slice(0, IPV6_GROUPS).map((group) => group.toString(16))
  return `${groups.join(':')}::/64`
}
