import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import type { OwnerIdentity } from './authenticate-owner.js'

export type LogOutResult = { kind: 'loggedOut'; at: Date } | Refusal<'NO_SESSION'>

/** Ends the log-in session that the caller came with. */
export async function logOut(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  { tokenId, userId }: OwnerIdentity,
): Promise<LogOutResult> {
  const at = new Date(clock.now())
  const { count } = await store.prisma.apiToken.updateMany({
    where: { id: tokenId, userId, kind: 'SESSION', revokedAt: null },
    data: { revokedAt: at },
  })
  if (count === 0) {
    return refuse('NO_SESSION', 'There is no log-in session to end: an API token ends by `revokeApiToken`.')
  }
  bus.publish('ownerTokensRevoked', { tokenIds: [tokenId] })
  return { kind: 'loggedOut', at }
}
