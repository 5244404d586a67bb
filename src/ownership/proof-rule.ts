import type { HostProof } from '../generated/prisma/client.js'
import { OWNERSHIP_GRACE_MS } from './limits.js'

type Looks = Pick<HostProof, 'checkedAt' | 'failedAt'>

/** What matters is how long looks have failed, not how long ago they were: a hub that was down looked at nothing. */
export function isProven({ checkedAt, failedAt }: Looks): boolean {
  return failedAt === null || checkedAt.getTime() - failedAt.getTime() < OWNERSHIP_GRACE_MS
}

export function afterLook({ failedAt }: Looks, isSeen: boolean, now: number): Looks {
  const checkedAt = new Date(now)
  return { checkedAt, failedAt: isSeen ? null : (failedAt ?? checkedAt) }
}
