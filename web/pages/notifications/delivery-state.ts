import type { AttemptOutcome } from '../../client/graphql'
import type { State } from '../../parts/state'

export type DeliveryState = 'DELIVERED' | 'WAITING' | 'ABANDONED' | 'FAILED' | 'UNDER_WAY'

interface DeliveryLike {
  deliveredAt: string | null
  abandonedAt: string | null
  nextAttemptAt: string | null
  attempts: readonly { outcome: AttemptOutcome }[]
}

/** What became of a message. A test is never retried, so its one attempt decides. */
export function deliveryState({ deliveredAt, abandonedAt, nextAttemptAt, attempts }: DeliveryLike): DeliveryState {
  if (deliveredAt !== null) return 'DELIVERED'
  if (abandonedAt !== null) return 'ABANDONED'
  if (nextAttemptAt !== null) return 'WAITING'
  return attempts.length > 0 ? 'FAILED' : 'UNDER_WAY'
}

/** The state of a website whose shape and colour say the like. */
export const LIKE: Readonly<Record<DeliveryState | AttemptOutcome, State>> = {
  DELIVERED: 'GOOD',
  WAITING: 'INCONCLUSIVE',
  ABANDONED: 'BAD',
  FAILED: 'BAD',
  UNDER_WAY: 'NO_DATA',
  REFUSED: 'BAD',
  UNREACHABLE: 'BAD',
  GONE: 'DISABLED',
  STOPPED: 'NO_DATA',
}
