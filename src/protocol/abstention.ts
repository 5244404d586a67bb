/** Why a validator could not check: conditions of its own, never the website's (PROTOCOL §4.2). A claim, not a vote. */
export const ABSTENTION_REASONS = [
  'NO_NETWORK',
  'NO_RESOLVER',
  'NO_ADDRESS_FAMILY',
  'LOCAL_LIMIT',
  'STALLED',
  'CLOCK_OFF',
  'CAPTIVE_PORTAL',
  'NO_TIME',
  'NOT_PERMITTED',
  'AGENT_FAULT',
] as const

export type AbstentionReason = (typeof ABSTENTION_REASONS)[number]

/** In one call. */
export const ABSTENTIONS_PER_CALL_MAX = 500
