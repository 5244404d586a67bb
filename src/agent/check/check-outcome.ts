import type { SecureContext } from 'node:tls'

import type { Clock } from '../../clock.js'
import type { Figures } from '../../dial/figures.js'
import type { HostResolver } from '../../dial/resolve-host.js'
import type { Check } from '../../protocol/check.js'
import type { TargetFault } from '../../protocol/target-gate.js'
import type { Measurement } from '../../protocol/tick.js'
import type { TargetPolicy } from './target-policy.js'

/** What a task asks the agent to check. */
export interface CheckTarget {
  url: string
  check: Check
  /** For everything; the least of the website's and of what is left to the task's deadline (PROTOCOL §4). */
  timeoutMs: number
}

export interface CheckOptions {
  /** Names the software and a URL for complaints (PROTOCOL §4). */
  userAgent: string
  clock: Pick<Clock, 'now'>
  /** Calls the check off, as at shutdown. */
  signal?: AbortSignal
  /** Whom to trust, from `trustAuthorities`; made once, for making one takes longer than a check. Node's own authorities when left out. */
  trust?: SecureContext
  /** When left out, the DNS; the system's own where private targets are allowed. */
  resolveHost?: HostResolver
}

export type CheckOutcome = Measured | Refused | Aborted

export interface Measured {
  kind: 'measured'
  measurement: Measurement
  /** Of the last hop, as the measurement's figures. */
  certificate: CertificateSummary | null
  /** In the order they were asked; the last one is the measurement's. */
  hops: readonly Hop[]
}

/** The agent itself will not ask this: there is no answer to send then, least of all `Bad`. */
export interface Refused {
  kind: 'refused'
  reason: RefusalReason
  /** One sentence for the agent's operator. */
  message: string
}

export type RefusalReason =
  | 'UNSUPPORTED_URL'
  | 'INVALID_CHECK'
  | 'NO_TIME'
  | 'DENIED_HOST'
  | 'PRIVATE_ADDRESS'
  | 'UNUSUAL_PORT'

/** Called off by `CheckOptions.signal` before it ended: nothing is known, so nothing is answered. */
export interface Aborted {
  kind: 'aborted'
}

/** One request and what was seen of it so far. */
export interface Hop extends Figures {
  url: string
}

/** Of the certificate that the server showed, trusted or not. The texts are the server's: print them with care. */
export interface CertificateSummary {
  subject: string
  issuer: string
  /** Unix milliseconds; `null` when the certificate tells no date. */
  expiresAt: number | null
}

/** Runs checks of one kind of URL. */
export type CheckRunner = (
  url: URL,
  target: CheckTarget,
  policy: TargetPolicy,
  options: CheckOptions,
) => Promise<CheckOutcome>

export function refused(reason: RefusalReason, message: string): Refused {
  return { kind: 'refused', reason, message }
}

/** What the gate does not let through, in the words of the agent's reasons. */
export function refusedTarget({ kind, code, message }: TargetFault): Refused {
  if (kind === 'MALFORMED') return refused('UNSUPPORTED_URL', message)
  return refused(code === 'UNUSUAL_PORT' ? 'UNUSUAL_PORT' : 'PRIVATE_ADDRESS', message)
}
