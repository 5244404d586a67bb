/**
 * Why the agent is not in touch with its hub. The kind decides how soon it tries again (see `backOffMs`); the message is one sentence for
 * the person who runs the agent, and may hold the hub's own words.
 */
export interface HubFault {
  kind: HubFaultKind
  message: string
  /** What the hub itself asked to wait, in milliseconds; `null` when it did not say. */
  retryAfterMs: number | null
}

export type HubFaultKind =
  /** No connection, or one that broke. */
  | 'UNREACHABLE'
  /** The hub takes its leave in good order (1001, 1012). */
  | 'RESTARTING'
  /** It is there and cannot serve now, or asks for fewer calls. */
  | 'BUSY'
  /** The session token is not taken any more. */
  | 'SESSION_ENDED'
  /** Something answers at that address that is no hub. */
  | 'NOT_A_HUB'
  /** The hub goes by another origin than the one dialled. */
  | 'WRONG_HUB'
  | 'BANNED'
  | 'PROTOCOL_TOO_OLD'
  /** Any other refusal: the same call would be refused again. */
  | 'REFUSED'

export function hubFault(kind: HubFaultKind, message: string, retryAfterMs: number | null = null): HubFault {
  return { kind, message, retryAfterMs }
}

export const UPGRADE_ADVICE = 'Upgrade overlaps and start the validator again.'
