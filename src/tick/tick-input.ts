import type { FailureClass, Measurement, WebsiteStatus } from '../protocol/tick.js'
import { isHash } from '../protocol/text-forms.js'

export interface TickInput {
  leaf?: string | null | undefined
  callbackId: string
  checkedAt: string
  checkHash: string
  status: WebsiteStatus
  failure?: FailureClass | null | undefined
  detail?: string | null | undefined
  httpStatus?: number | null | undefined
  remoteAddress?: string | null | undefined
  latencyUs?: number | null | undefined
  dnsUs?: number | null | undefined
  connectUs?: number | null | undefined
  tlsUs?: number | null | undefined
  firstByteUs?: number | null | undefined
  certificateExpiresAt?: string | null | undefined
}

/** Anything else would end the line or the value early. */
const WRITABLE = /^[\x21-\x7e]+$/
const ABSENT = '-'

export function readMeasurement(input: TickInput): Measurement {
  return {
    checkedAt: input.checkedAt,
    status: input.status,
    failure: input.failure ?? null,
    detail: input.detail ?? null,
    httpStatus: input.httpStatus ?? null,
    remoteAddress: input.remoteAddress ?? null,
    latencyUs: input.latencyUs ?? null,
    dnsUs: input.dnsUs ?? null,
    connectUs: input.connectUs ?? null,
    tlsUs: input.tlsUs ?? null,
    firstByteUs: input.firstByteUs ?? null,
    certificateExpiresAt: input.certificateExpiresAt ?? null,
  }
}

/** Why no statement, and so no signature, can exist over these fields; null when it can. */
export function findFormFault(input: TickInput, measurement: Measurement): string | null {
  if (!isHash(input.checkHash)) return 'checkHash must be 64 digits of lower-case hex.'
  for (const [name, value] of Object.entries(measurement)) {
    if (typeof value === 'string' && (!WRITABLE.test(value) || value === ABSENT)) {
      return `${name} must be printable ASCII without blanks; leave it out when there is none.`
    }
    if (typeof value === 'number' && value < 0) return `${name} must not be negative.`
  }
  return null
}
