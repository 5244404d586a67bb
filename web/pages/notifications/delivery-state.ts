import type { AttemptOutcome } from '../../client/graphql'
import type { State } from '../../parts/state'

export type DeliveryState = 'DELIVERED' | 'WAITING' | 'ABANDONED' | 'FAILED' | 'UNDER_WAY'

interface DeliveryLike {
  event: string
  deliveredAt: string | null
  abandonedAt: string | null
  nextAttemptAt: string | null
}

/** What became of a message. A test has one attempt, so it is not abandoned but failed. */
export function deliveryState({ event, deliveredAt, abandonedAt, nextAttemptAt }: DeliveryLike): DeliveryState {
  if (deliveredAt !== null) return 'DELIVERED'
  if (abandonedAt !== null) return event === 'channel.test' ? 'FAILED' : 'ABANDONED'
  return nextAttemptAt === null ? 'UNDER_WAY' : 'WAITING'
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
