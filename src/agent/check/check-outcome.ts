import type { Clock } from '../../clock.js'
import type { DialSigns } from '../../dial/dial-signs.js'
import type { Figures } from '../../dial/figures.js'
import type { HostResolver } from '../../dial/resolve-host.js'
import type { Check } from '../../protocol/check.js'
import type { TargetFault } from '../../protocol/target-gate.js'
import type { Measurement } from '../../protocol/tick.js'
import type { Validity } from './certificate-path.js'
import type { TargetPolicy } from './target-policy.js'
import type { Trust } from './trust-authorities.js'

export interface CheckTarget {
  url: string
  check: Check
  /** For everything: what the website allows, or less where the deadline is near (PROTOCOL §4). */
  timeoutMs: number
}

export interface CheckOptions {
  userAgent: string
  clock: Pick<Clock, 'now'>
  signal?: AbortSignal
  /** From `trustAuthorities`, made once: making one takes longer than a check. */
  trust: Trust
  resolveHost?: HostResolver
  /** Hears what the dial tells while the check runs. */
  signs?: DialSigns
}

export type CheckOutcome = Measured | Refused | Aborted

export interface Measured {
  kind: 'measured'
  measurement: Measurement
  certificate: CertificateSummary | null
  /** In the order asked; the last one is the measurement's. */
  hops: readonly Hop[]
  /** Steady instants (`performance.now()`). */
  startedAt: number
  endedAt: number
}

/** The agent itself will not ask this, so it sends no answer. */
export interface Refused {
  kind: 'refused'
  reason: RefusalReason
  message: string
}

export type RefusalReason =
  | 'UNSUPPORTED_URL'
  | 'INVALID_CHECK'
  | 'NO_TIME'
  | 'DENIED_HOST'
  | 'PRIVATE_ADDRESS'
  | 'UNUSUAL_PORT'

/** Nothing is known, so nothing is answered. */
export interface Aborted {
  kind: 'aborted'
}

/** One request and what was seen of it so far. */
export interface Hop extends Figures {
  url: string
  /** Of the path of its certificate, as it would be verified at an instant. */
  validityAt?: (now: number) => Validity
}

/** The texts are the server's: print them with care. */
export interface CertificateSummary {
  subject: string
  issuer: string
  /** `null` when the certificate tells no date. */
  expiresAt: number | null
}

export type CheckRunner = (
  url: URL,
  target: CheckTarget,
  policy: TargetPolicy,
  options: CheckOptions,
) => Promise<CheckOutcome>

export function refused(reason: RefusalReason, message: string): Refused {
  return { kind: 'refused', reason, message }
}

export function refusedTarget({ kind, code, message }: TargetFault): Refused {
  if (kind === 'MALFORMED') return refused('UNSUPPORTED_URL', message)
  return refused(code === 'UNUSUAL_PORT' ? 'UNUSUAL_PORT' : 'PRIVATE_ADDRESS', message)
}
