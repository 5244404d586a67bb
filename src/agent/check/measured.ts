import { formatInstant } from '../../protocol/text-forms.js'
import type { Hop, Measured } from './check-outcome.js'
import type { Failed } from './failed.js'
import { summarizeCertificate } from './judge-certificate.js'

export interface CheckStart {
  checkedAt: string
  /** Steady. */
  startedAt: number
}

export function measured(
  { checkedAt, startedAt }: CheckStart,
  hops: readonly Hop[],
  fault: Failed | null,
  latencyUs: number | null,
): Measured {
  const last = hops.at(-1)
  const certificate = last?.certificate ? summarizeCertificate(last.certificate) : null
  const expiresAt = certificate?.expiresAt ?? null
  return {
    kind: 'measured',
    measurement: {
      checkedAt,
      status: fault === null ? 'Good' : 'Bad',
      failure: fault?.failure ?? null,
      detail: fault?.detail ?? null,
      httpStatus: last?.httpStatus ?? null,
      // Of the last connected socket; a hop that failed early has none.
      remoteAddress: hops.findLast(({ remoteAddress }) => remoteAddress !== null)?.remoteAddress ?? null,
      latencyUs,
      dnsUs: last?.dnsUs ?? null,
      connectUs: last?.connectUs ?? null,
      tlsUs: last?.tlsUs ?? null,
      firstByteUs: last?.firstByteUs ?? null,
      certificateExpiresAt: expiresAt === null ? null : formatInstant(expiresAt),
    },
    certificate,
    hops,
    startedAt,
    endedAt: performance.now(),
  }
}
