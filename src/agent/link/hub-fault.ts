/** The kind decides how soon the agent tries again; the message is for its operator. */
export interface HubFault {
  kind: HubFaultKind
  message: string
  /** What the hub asked to wait; `null` when it did not say. */
  retryAfterMs: number | null
  /** What the system, TLS or HTTP called it. Its message may name times that change. */
  code: string | null
}

export const HUB_FAULT_KINDS = [
  'UNREACHABLE',
  /** A good-order close (1001, 1012). */
  'RESTARTING',
  /** It cannot serve now, or asks for fewer calls. */
  'BUSY',
  'SESSION_ENDED',
  'NOT_A_HUB',
  'WRONG_HUB',
  'UNTRUSTED',
  'PROXY_REFUSED',
  'BANNED',
  'PROTOCOL_TOO_OLD',
  /** The same call would be refused again. */
  'REFUSED',
] as const

export type HubFaultKind = (typeof HUB_FAULT_KINDS)[number]

export function hubFault(
  kind: HubFaultKind,
  message: string,
  { retryAfterMs = null, code = null }: Partial<Pick<HubFault, 'retryAfterMs' | 'code'>> = {},
): HubFault {
  return { kind, message, retryAfterMs, code }
}

export const UPGRADE_ADVICE = 'Upgrade overlaps and start the validator again.'
