import type { User } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { readEmail } from './read-email.js'

export type RevokeOwnerTokensResult = { kind: 'revoked'; user: User; revokedCount: number } | Refusal<'NOT_FOUND'>

/** Ends all tokens and log-in sessions of an owner, at the operator's bidding. The password stays. */
export async function revokeOwnerTokens(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  input: { email: string },
): Promise<RevokeOwnerTokensResult> {
  const email = readEmail(input.email)
  const user = email === null ? null : await store.prisma.user.findUnique({ where: { email } })
  if (!user) return refuse('NOT_FOUND', 'There is no owner with this email address.')
  const now = new Date(clock.now())
  const revoked = await store.sql.query<{ id: string }>(
    `UPDATE "ApiToken" SET "revokedAt" = $2
     WHERE "userId" = $1 AND "revokedAt" IS NULL AND ("expiresAt" IS NULL OR "expiresAt" > $2) RETURNING id`,
    [user.id, now],
  )
  bus.publish('ownerTokensRevoked', { tokenIds: revoked.map(({ id }) => id) })
  return { kind: 'revoked', user, revokedCount: revoked.length }
}
