/** The kind decides how soon the agent tries again; the message is for its operator. */
export interface HubFault {
  kind: HubFaultKind
  message: string
  /** What the hub asked to wait; `null` when it did not say. */
  retryAfterMs: number | null
}

export type HubFaultKind =
  | 'UNREACHABLE'
  /** A good-order close (1001, 1012). */
  | 'RESTARTING'
  /** It cannot serve now, or asks for fewer calls. */
  | 'BUSY'
  | 'SESSION_ENDED'
  | 'NOT_A_HUB'
  | 'WRONG_HUB'
  | 'BANNED'
  | 'PROTOCOL_TOO_OLD'
  /** The same call would be refused again. */
  | 'REFUSED'

export function hubFault(kind: HubFaultKind, message: string, retryAfterMs: number | null = null): HubFault {
  return { kind, message, retryAfterMs }
}

export const UPGRADE_ADVICE = 'Upgrade overlaps and start the validator again.'
