import type { Measurement } from '../../protocol/tick.js'
import { MINUTE_MS } from '../../time.js'
import type { Validity } from '../check/certificate-path.js'
import type { Hop } from '../check/check-outcome.js'
import { daysLeft } from '../check/judge-certificate.js'

/** Clocks that are nearer than this judge alike, but for a certificate in its last minute. */
const CLOCKS_APART_MS = MINUTE_MS

const BY_DATES = /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID|EXPIRES_SOON)/

export interface Clocks {
  /** By this machine. */
  now: number
  hubAheadMs: number
}

/** Whether a check found what it found only because this machine's clock is right, or the hub's, and nobody knows which. */
export function dependsOnClock(
  hops: readonly Pick<Hop, 'validityAt'>[],
  { failure, detail }: Pick<Measurement, 'failure' | 'detail'>,
  certificateDays: number | null,
  { now, hubAheadMs }: Clocks,
): boolean {
  if (Math.abs(hubAheadMs) <= CLOCKS_APART_MS) return false
  // Such a certificate is refused at any time.
  const isNeverValid = failure === 'TLS' && !BY_DATES.test(detail ?? '')
  const judged = isNeverValid ? hops.slice(0, -1) : hops
  return judged.some(
    ({ validityAt }) =>
      validityAt !== undefined &&
      judgeDates(validityAt(now), certificateDays, now) !==
        judgeDates(validityAt(now + hubAheadMs), certificateDays, now + hubAheadMs),
  )
}

/** What a check of the dates alone says at an instant. */
function judgeDates(
  { from, to }: Validity,
  certificateDays: number | null,
  now: number,
): 'NOT_YET_VALID' | 'EXPIRED' | 'EXPIRES_SOON' | 'VALID' {
  if (now < from) return 'NOT_YET_VALID'
  if (now > to) return 'EXPIRED'
  if (certificateDays !== null && daysLeft(to, now) < certificateDays) return 'EXPIRES_SOON'
  return 'VALID'
}
