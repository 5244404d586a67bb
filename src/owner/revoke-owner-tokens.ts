import { recordChange } from '../audit/record-change.js'
import type { User } from '../generated/prisma/client.js'
import type { OperatorActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { readEmail } from './read-email.js'
import { forgetLogInCodes } from './redeem-log-in-code.js'

export type RevokeOwnerTokensResult = { kind: 'revoked'; user: User; revokedCount: number } | Refusal<'NOT_FOUND'>

/** Ends all tokens, log-in sessions and log-in links of an owner; the password stays. */
export async function revokeOwnerTokens(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  actor: OperatorActor,
  input: { email: string },
): Promise<RevokeOwnerTokensResult> {
  const email = readEmail(input.email)
  const user = email === null ? null : await store.prisma.user.findUnique({ where: { email } })
  if (!user) return refuse('NOT_FOUND', 'There is no owner with this email address.', 'email')
  const { id: userId } = user
  const now = new Date(clock.now())
  const revoked = await store.change(async ({ sql, prisma }) => {
    await recordChange(sql, actor, {
      at: now.getTime(),
      action: 'revokeOwnerTokens',
      subject: ['User', userId],
      ownerId: userId,
    })
    await forgetLogInCodes({ prisma }, userId)
    return prisma.apiToken.updateManyAndReturn({
      where: { userId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
      data: { revokedAt: now },
      select: { id: true },
    })
  })
  bus.publish('ownerTokensRevoked', { tokenIds: revoked.map(({ id }) => id) })
  return { kind: 'revoked', user, revokedCount: revoked.length }
}
