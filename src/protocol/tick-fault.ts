import { DETAIL_LENGTH_MAX, DURATION_US_MAX, HTTP_STATUS_MAX, HTTP_STATUS_MIN } from './limits.js'
import { isInstant, isIpAddress } from './text-forms.js'
import { FAILURE_CLASSES } from './tick.js'
import type { Measurement } from './tick.js'

const DETAIL = new RegExp(`^[A-Z0-9_]{1,${DETAIL_LENGTH_MAX}}$`)
const DURATIONS = ['latencyUs', 'dnsUs', 'connectUs', 'tlsUs', 'firstByteUs'] as const

/**
 * One sentence on the first impossible field; `null` when it may be signed (PROTOCOL §2.3). No text that it lets through
 * holds a space or a control character, so none can forge a line. Types are not trusted. `checkedAt` is never refused
 * for skew.
 */
export function tickFault(measurement: Measurement): string | null {
  return outcomeFault(measurement) ?? formFault(measurement)
}

function outcomeFault({ status, failure, latencyUs }: Measurement): string | null {
  if (failure !== null && !FAILURE_CLASSES.includes(failure)) {
    return `failure must be absent or one of ${FAILURE_CLASSES.join(', ')}.`
  }
  if (status === 'Good') {
    if (failure !== null) return 'failure must be absent from a tick that is Good.'
    return latencyUs === null ? 'latencyUs must be present in a tick that is Good.' : null
  }
  if (status === 'Bad') return failure === null ? 'failure must be present in a tick that is Bad.' : null
  return 'status must be Good or Bad.'
}

function formFault(measurement: Measurement): string | null {
  const { checkedAt, detail, httpStatus, remoteAddress, certificateExpiresAt } = measurement
  if (!isText(checkedAt) || !isInstant(checkedAt)) return `checkedAt ${INSTANT_EXPECTED}`
  if (detail !== null && !(isText(detail) && DETAIL.test(detail))) {
    return `detail must be 1 to ${DETAIL_LENGTH_MAX} characters of A-Z, 0-9 and _.`
  }
  if (httpStatus !== null && !isWholeBetween(httpStatus, HTTP_STATUS_MIN, HTTP_STATUS_MAX)) {
    return `httpStatus must be a whole number from ${HTTP_STATUS_MIN} to ${HTTP_STATUS_MAX}.`
  }
  if (remoteAddress !== null && !(isText(remoteAddress) && isIpAddress(remoteAddress))) {
    return 'remoteAddress must be an IPv4 or IPv6 address as text, without a zone.'
  }
  for (const name of DURATIONS) {
    const duration = measurement[name]
    if (duration !== null && !isWholeBetween(duration, 0, DURATION_US_MAX)) {
      return `${name} must be a whole number of microseconds from 0 to ${DURATION_US_MAX}.`
    }
  }
  if (certificateExpiresAt !== null && !(isText(certificateExpiresAt) && isInstant(certificateExpiresAt))) {
    return `certificateExpiresAt ${INSTANT_EXPECTED}`
  }
  return null
}

const INSTANT_EXPECTED = 'must be an instant spelt YYYY-MM-DDTHH:mm:ss.sssZ.'

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isWholeBetween(value: number, least: number, greatest: number): boolean {
  return Number.isInteger(value) && value >= least && value <= greatest
}
