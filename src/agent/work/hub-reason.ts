import type { AbstentionReason } from '../../protocol/abstention.js'
import type { RefusalReason } from '../check/check-outcome.js'

/** PROTOCOL §4: none is better than one that is not the website's fault. */
export type NoAnswer = RefusalReason | AbstentionReason | 'CALLED_OFF' | 'TOO_MANY_TASKS'

const OWN_REASONS: Readonly<Record<Exclude<NoAnswer, AbstentionReason>, AbstentionReason | null>> = {
  PRIVATE_ADDRESS: 'NOT_PERMITTED',
  UNUSUAL_PORT: 'NOT_PERMITTED',
  DENIED_HOST: 'NOT_PERMITTED',
  UNSUPPORTED_URL: 'NOT_PERMITTED',
  INVALID_CHECK: 'NOT_PERMITTED',
  TOO_MANY_TASKS: 'NO_TIME',
  CALLED_OFF: null,
}

/** As the hub is told; `null` where it is not, for whoever stops is no case for a look at the machine. */
export function hubReason(reason: NoAnswer): AbstentionReason | null {
  return isOwn(reason) ? OWN_REASONS[reason] : reason
}

function isOwn(reason: NoAnswer): reason is keyof typeof OWN_REASONS {
  return Object.hasOwn(OWN_REASONS, reason)
}
