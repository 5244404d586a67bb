import type { HostProof } from '../generated/prisma/client.js'
import { OWNERSHIP_GRACE_MS } from './limits.js'

type Looks = Pick<HostProof, 'checkedAt' | 'failedAt'>

/**
 * Whether a proof still counts: what matters is how long looks have failed, not how long ago they were, for a hub that was
 * down has looked at nothing.
 */
export function isProven({ checkedAt, failedAt }: Looks): boolean {
  return failedAt === null || checkedAt.getTime() - failedAt.getTime() < OWNERSHIP_GRACE_MS
}

export function afterLook({ failedAt }: Looks, isSeen: boolean, now: number): Looks {
  const checkedAt = new Date(now)
  return { checkedAt, failedAt: isSeen ? null : (failedAt ?? checkedAt) }
}
