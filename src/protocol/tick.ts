/** The verdict of one check (PROTOCOL §2.3). */
export type WebsiteStatus = 'Good' | 'Bad'

/** Why a check ended `Bad`; the first that happens in the order of the exchange wins (PROTOCOL §4). */
export const FAILURE_CLASSES = [
  'DNS',
  'CONNECT',
  'TLS',
  'TIMEOUT',
  'PROTOCOL',
  'REDIRECT',
  'STATUS',
  'ASSERTION',
] as const
export type FailureClass = (typeof FAILURE_CLASSES)[number]

/** What a check measured, as the agent sends it in `TickInput`. Durations are whole microseconds; `null` was not measured. */
export interface Measurement {
  /** Instant the check began, by the validator's clock, in the protocol's spelling. */
  checkedAt: string
  status: WebsiteStatus
  failure: FailureClass | null
  /** A code of A-Z, 0-9 and _, at most 40 characters: `ECONNREFUSED`, `CERT_HAS_EXPIRED`. */
  detail: string | null
  httpStatus: number | null
  /** Address of the last connected socket, as text. */
  remoteAddress: string | null
  /** The whole check, all redirects and the body up to its cap. */
  latencyUs: number | null
  dnsUs: number | null
  connectUs: number | null
  tlsUs: number | null
  firstByteUs: number | null
  certificateExpiresAt: string | null
}
