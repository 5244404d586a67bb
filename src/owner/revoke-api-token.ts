import { validate as isUuid } from 'uuid'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'

export type RevokeApiTokenResult = { kind: 'revoked'; id: string; revokedAt: Date } | Refusal<'NOT_FOUND'>

/** Ends an API token of the owner for good, the one that the caller came with too. */
export async function revokeApiToken(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  { userId, id }: { userId: string; id: string },
): Promise<RevokeApiTokenResult> {
  const revokedAt = new Date(clock.now())
  const where = { id, userId, kind: 'API', revokedAt: null } as const
  const { count } = isUuid(id) ? await store.prisma.apiToken.updateMany({ where, data: { revokedAt } }) : { count: 0 }
  if (count === 0) {
    return refuse('NOT_FOUND', 'You have no API token with this id; `User.apiTokens` lists those that you have.')
  }
  bus.publish('ownerTokensRevoked', { tokenIds: [id] })
  return { kind: 'revoked', id, revokedAt }
}
