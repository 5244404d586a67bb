import type { ApiToken } from '../generated/prisma/client.js'
import type { Identity } from '../graph/identity.js'
import type { Parts } from '../parts.js'
import { MINUTE_MS } from '../time.js'
import { hashOwnerToken, isOwnerToken } from './owner-token.js'

export type OwnerIdentity = Extract<Identity, { kind: 'owner' }>

/** How exact `lastUsedAt` is, in milliseconds: a write for each request would cost more than the request. */
const LAST_USED_STEP_MS = MINUTE_MS

/** Whose token it is: null when it is unknown, revoked or has run out. */
export async function authenticateOwner(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  token: string,
): Promise<OwnerIdentity | null> {
  if (!isOwnerToken(token)) return null
  const [found] = await store.sql.query<
    Pick<ApiToken, 'id' | 'userId' | 'lastUsedAt' | 'expiresAt' | 'revokedAt' | 'readOnly'>
  >(
    `SELECT id, "userId", "lastUsedAt", "expiresAt", "revokedAt", "readOnly" FROM "ApiToken" WHERE hash = $1`,
    [hashOwnerToken(token)],
    'KEPT',
  )
  const now = clock.now()
  if (!found || found.revokedAt || (found.expiresAt && found.expiresAt.getTime() <= now)) return null
  const stale = new Date(now - LAST_USED_STEP_MS)
  if (!found.lastUsedAt || found.lastUsedAt <= stale) {
    // Of many requests at once, over several hubs, one writes.
    const where = { id: found.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: stale } }] }
    await store.prisma.apiToken.updateMany({ where, data: { lastUsedAt: new Date(now) } })
  }
  return {
    kind: 'owner',
    userId: found.userId,
    tokenId: found.id,
    access: found.readOnly ? 'READ_ONLY' : 'FULL',
  }
}
