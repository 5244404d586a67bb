import { recordChange } from '../audit/record-change.js'
import type { OwnerActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'

export type LogOutResult = { kind: 'loggedOut'; at: Date } | Refusal<'NO_SESSION'>

/** Ends the caller's log-in session. */
export async function logOut(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  actor: OwnerActor,
): Promise<LogOutResult> {
  const { userId, tokenId } = actor
  const at = new Date(clock.now())
  const ended =
    tokenId !== null &&
    (await store.change(async ({ sql, prisma }) => {
      const where = { id: tokenId, userId, kind: 'SESSION', revokedAt: null } as const
      const { count } = await prisma.apiToken.updateMany({ where, data: { revokedAt: at } })
      if (count === 0) return false
      await recordChange(sql, actor, { at: at.getTime(), action: 'logOut', subject: ['ApiToken', tokenId] })
      return true
    }))
  if (!ended)
    return refuse('NO_SESSION', 'There is no log-in session to end; to end an API token, use `revokeApiToken`.')
  bus.publish('ownerTokensRevoked', { tokenIds: [tokenId] })
  return { kind: 'loggedOut', at }
}
