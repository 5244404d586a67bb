import type { X509Certificate } from 'node:crypto'

import { DAY_MS } from '../../time.js'
import type { CertificateSummary } from './check-outcome.js'
import { failed } from './failed.js'
import type { Failed } from './failed.js'

export function summarizeCertificate({ subject, issuer, validTo }: X509Certificate): CertificateSummary {
  const expiresAt = Date.parse(validTo)
  return {
    subject: commonName(subject),
    issuer: commonName(issuer),
    expiresAt: Number.isNaN(expiresAt) ? null : expiresAt,
  }
}

export function judgeDaysLeft(expiresAt: number | null, certificateDays: number | null, now: number): Failed | null {
  if (certificateDays === null) return null
  const daysLeft = Math.floor(((expiresAt ?? now) - now) / DAY_MS)
  return daysLeft < certificateDays ? failed('TLS', 'CERT_EXPIRES_SOON') : null
}

/** Node writes one attribute a line. */
function commonName(name: string): string {
  return /^CN=(.+)$/m.exec(name)?.[1] ?? name.replaceAll('\n', ', ')
}
