/** PROTOCOL §2.3. */
export type WebsiteStatus = 'Good' | 'Bad'

/** PROTOCOL §4: the first that happens in the order of the exchange wins. */
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

/** Durations are whole microseconds; `null` was not measured. */
export interface Measurement {
  /** By the validator's clock. */
  checkedAt: string
  status: WebsiteStatus
  failure: FailureClass | null
  /** `ECONNREFUSED`: A-Z, 0-9 and _, at most 40 characters. */
  detail: string | null
  httpStatus: number | null
  /** Of the last connected socket. */
  remoteAddress: string | null
  /** All redirects and the body up to its cap. */
  latencyUs: number | null
  dnsUs: number | null
  connectUs: number | null
  tlsUs: number | null
  firstByteUs: number | null
  certificateExpiresAt: string | null
}
