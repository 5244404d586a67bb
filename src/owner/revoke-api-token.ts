import { validate as isUuid } from 'uuid'
import { recordChange } from '../audit/record-change.js'
import type { OwnerActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'

export type RevokeApiTokenResult = { kind: 'revoked'; id: string; revokedAt: Date } | Refusal<'NOT_FOUND'>

/** Ends an API token of the caller for good, the one that the caller came with too. */
export async function revokeApiToken(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  actor: OwnerActor,
  id: string,
): Promise<RevokeApiTokenResult> {
  const revokedAt = new Date(clock.now())
  const where = { id, userId: actor.userId, kind: 'API', revokedAt: null } as const
  const revoked =
    isUuid(id) &&
    (await store.change(async ({ sql, prisma }) => {
      const { count } = await prisma.apiToken.updateMany({ where, data: { revokedAt } })
      if (count === 0) return false
      await recordChange(sql, actor, { at: revokedAt.getTime(), action: 'revokeApiToken', subject: ['ApiToken', id] })
      return true
    }))
  if (!revoked) {
    return refuse('NOT_FOUND', 'You have no API token with this id; `User.apiTokens` lists yours.', 'id')
  }
  bus.publish('ownerTokensRevoked', { tokenIds: [id] })
  return { kind: 'revoked', id, revokedAt }
}
