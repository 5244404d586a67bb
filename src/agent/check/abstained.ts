import type { AbstentionReason } from '../../protocol/abstention.js'

/** A condition of this machine or its network: nothing is answered, and the reason is told. */
export interface Abstained {
  kind: 'abstained'
  reason: AbstentionReason
  /** For the operator: what happened and what to do. */
  message: string
}

export function abstained(reason: AbstentionReason, message: string): Abstained {
  return { kind: 'abstained', reason, message }
}
