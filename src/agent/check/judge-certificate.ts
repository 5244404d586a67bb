import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'

import { DAY_MS } from '../../time.js'
import type { CertificateSummary } from './check-outcome.js'
import { detailOf, failed } from './failed.js'
import type { Failed } from './failed.js'

/** What the server showed; `null` if nothing. */
export function summarizeCertificate(certificate: X509Certificate | undefined): CertificateSummary | null {
  if (certificate === undefined) return null
  const expiresAt = Date.parse(certificate.validTo)
  return {
    subject: commonName(certificate.subject),
    issuer: commonName(certificate.issuer),
    expiresAt: Number.isNaN(expiresAt) ? null : expiresAt,
  }
}

/** What is wrong with a finished handshake at `now`: chain, dates and name by OpenSSL's and Node's verdict, then the days the owner asks. */
export function judgeCertificate(
  { authorized, authorizationError }: Pick<TLSSocket, 'authorized' | 'authorizationError'>,
  certificate: CertificateSummary | null,
  certificateDays: number | null,
  now: number,
): Failed | null {
  // Typed as an error, it is the code of one, and without a code its message.
  if (!authorized) return failed('TLS', detailOf(authorizationError, 'UNTRUSTED'))
  if (certificateDays === null) return null
  const expiresAt = certificate?.expiresAt ?? now
  return Math.floor((expiresAt - now) / DAY_MS) < certificateDays ? failed('TLS', 'CERT_EXPIRES_SOON') : null
}

/** Node spells a distinguished name one attribute a line. The whole of it where there is no common name. */
function commonName(name: string): string {
  return /^CN=(.+)$/m.exec(name)?.[1] ?? name.replaceAll('\n', ', ')
}
