import type { Measurement } from '../../protocol/tick.js'
import { hostOf } from '../../protocol/target-gate.js'
import type { Hop } from '../check/check-outcome.js'

/** What a result rests on, and so what could as well be this machine's network. */
export type Ground =
  /** A trusted certificate vouches for what was answered. */
  | 'ITSELF'
  /** An answer that a captive portal could have given. */
  | 'CONTENT'
  /** Whether the name servers answer. */
  | 'NAMES'
  /** Whether packets come and go. */
  | 'LINE'
  /** How long an answer took. */
  | 'TIME'

/** Codes of the system, rather than of a parser or of OpenSSL. */
const CUT = /^(E(?!RR_)[A-Z0-9]+|NO_ANSWER|BODY_CUT|HANDSHAKE_CUT|HANDSHAKE_FAILED|UNREACHABLE)$/

export function findGround({ failure, detail }: Measurement, hops: readonly Hop[]): Ground {
  const answered = isVouchedFor(hops) ? 'ITSELF' : 'CONTENT'
  if (failure === 'DNS' || detail === 'IN_DNS') return 'NAMES'
  // The name servers said so.
  if (detail === 'IP_VERSION_MISMATCH') return 'CONTENT'
  if (failure === 'CONNECT' || failure === 'TIMEOUT') return 'LINE'
  if (detail === 'LATENCY') return 'TIME'
  // A certificate that was shown is an answer, whoever gave it.
  if (failure === 'TLS' && hops.at(-1)?.certificate != null) return answered
  if ((failure === 'TLS' || failure === 'PROTOCOL') && CUT.test(detail ?? '')) return 'LINE'
  return answered
}

/** A portal sends people to a page of its own, which may well have a certificate that is trusted. */
export function isVouchedFor(hops: readonly Hop[]): boolean {
  const [first] = hops
  const last = hops.at(-1)
  if (first === undefined || last?.isTrusted !== true) return false
  return hops.every(({ isTrusted }) => isTrusted) || isSameSite(hostOf(new URL(first.url)), hostOf(new URL(last.url)))
}

function isSameSite(one: string, other: string): boolean {
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`)
}
