import type { X509Certificate } from 'node:crypto'

import { DAY_MS } from '../../time.js'
import type { PathCertificate, PathPlace } from './certificate-path.js'
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

/** By the certificate of its path that expires first. */
export function judgeDaysLeft(
  { certificate, place }: PathCertificate,
  certificateDays: number | null,
  now: number,
): Failed | null {
  if (certificateDays === null) return null
  const { expiresAt } = summarizeCertificate(certificate)
  return daysLeft(expiresAt ?? now, now) < certificateDays ? failed('TLS', detailAt('CERT_EXPIRES_SOON', place)) : null
}

/** Whole days. */
export function daysLeft(expiresAt: number, now: number): number {
  return Math.floor((expiresAt - now) / DAY_MS)
}

/** Says which certificate, where it is not the website's own. */
export function detailAt(detail: string, place: PathPlace): string {
  return place === 'LEAF' ? detail : `${detail}_${place}`
}

/** Node writes one attribute a line. */
function commonName(name: string): string {
  return /^CN=(.+)$/m.exec(name)?.[1] ?? name.replaceAll('\n', ', ')
}
