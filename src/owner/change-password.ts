import type { User } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import type { OwnerIdentity } from './authenticate-owner.js'
import { forgetLogInPlaces } from './log-in-places.js'
import { passwordFault } from './password-fault.js'
import { tooManyPasswords } from './too-many-passwords.js'

export interface PasswordChange {
  identity: OwnerIdentity
  /** Null is right for an owner who has none yet. */
  currentPassword: string | null
  newPassword: string
}

type ChangePasswordRefusal = 'WRONG_PASSWORD' | 'WEAK_PASSWORD' | 'RATE_LIMITED'
export type ChangePasswordResult = { kind: 'changed'; user: User } | Refusal<ChangePasswordRefusal>

/** Gives the caller another password and ends all log-in sessions but the caller's; no address is known any more. API tokens stay. */
export async function changePassword(
  { store, bus, clock, passwords }: Pick<Parts, 'store' | 'bus' | 'clock' | 'passwords'>,
  { identity: { userId, tokenId }, currentPassword, newPassword }: PasswordChange,
): Promise<ChangePasswordResult> {
  const weakness = passwordFault(newPassword)
  if (weakness !== null) return refuse('WEAK_PASSWORD', weakness)
  const user = await store.prisma.user.findUniqueOrThrow({ where: { id: userId } })
  if (user.passwordHash !== null) {
    const verdict = currentPassword === null ? 'wrong' : await passwords.verify(user.passwordHash, currentPassword)
    if (verdict === 'busy') return tooManyPasswords()
    if (verdict === 'wrong') return wrongPassword()
  }
  const passwordHash = await passwords.hash(newPassword)
  if (passwordHash === null) return tooManyPasswords()

  const ended: string[] = []
  const result = await store.transaction(async (sql): Promise<ChangePasswordResult> => {
    ended.length = 0
    // The password that was checked must still be the one; this row also holds off logging in with it (openSession).
    const [changed] = await sql.query<User>(
      `UPDATE "User" SET "passwordHash" = $3 WHERE id = $1 AND "passwordHash" IS NOT DISTINCT FROM $2 RETURNING *`,
      [userId, user.passwordHash, passwordHash],
    )
    if (!changed) return wrongPassword()
    const rows = await sql.query<{ id: string }>(
      `UPDATE "ApiToken" SET "revokedAt" = $3
       WHERE "userId" = $1 AND id <> $2 AND kind = 'SESSION' AND "revokedAt" IS NULL RETURNING id`,
      [userId, tokenId, new Date(clock.now())],
    )
    await forgetLogInPlaces(sql, userId)
    ended.push(...rows.map(({ id }) => id))
    return { kind: 'changed', user: changed }
  })
  bus.publish('ownerTokensRevoked', { tokenIds: ended })
  return result
}

function wrongPassword(): Refusal<'WRONG_PASSWORD'> {
  return refuse('WRONG_PASSWORD', 'The current password is missing or wrong.')
}
