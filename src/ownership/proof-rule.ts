import type { HostProof } from '../generated/prisma/client.js'
import { OWNERSHIP_GRACE_MS } from './limits.js'

type Looks = Pick<HostProof, 'checkedAt' | 'failedAt'>

/**
 * Whether a proof still counts: while it was seen at the last look, and in the first days in which it was not. What counts
 * is how long looks have failed, not how long ago they were: a hub that was down has looked at nothing.
 */
export function isProven({ checkedAt, failedAt }: Looks): boolean {
  return failedAt === null || checkedAt.getTime() - failedAt.getTime() < OWNERSHIP_GRACE_MS
}

/** How a proof stands after a look at `now`, in Unix milliseconds. */
export function afterLook({ failedAt }: Looks, isSeen: boolean, now: number): Looks {
  const checkedAt = new Date(now)
  return { checkedAt, failedAt: isSeen ? null : (failedAt ?? checkedAt) }
}
