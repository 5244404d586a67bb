import type { AbstentionReason } from '../../protocol/abstention.js'
import type { NoAnswer } from './hub-reason.js'

/** Conditions that last and are told once. The others are of one website, or of one moment. */
const LASTING = [
  'NO_NETWORK',
  'NO_RESOLVER',
  'NO_ADDRESS_FAMILY',
  'LOCAL_LIMIT',
  'STALLED',
  'CLOCK_OFF',
  'CAPTIVE_PORTAL',
  'NO_TIME',
] as const satisfies readonly AbstentionReason[]
export type LastingReason = (typeof LASTING)[number]

export function isLasting(reason: NoAnswer): reason is LastingReason {
  return (LASTING as readonly string[]).includes(reason)
}
