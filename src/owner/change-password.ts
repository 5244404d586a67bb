import { recordChange } from '../audit/record-change.js'
import type { User } from '../generated/prisma/client.js'
import type { OwnerActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import type { Faces } from '../store/store.js'
import { forgetLogInPlaces } from './log-in-places.js'
import { passwordFault } from './password-fault.js'
import { forgetLogInCodes } from './redeem-log-in-code.js'
import { tooManyPasswords } from './too-many-passwords.js'

export interface PasswordChange {
  /** Null is right for an owner who has none yet. */
  currentPassword: string | null
  newPassword: string
}

type ChangePasswordRefusal = 'WRONG_PASSWORD' | 'WEAK_PASSWORD' | 'RATE_LIMITED'
export type ChangePasswordResult = { kind: 'changed'; user: User } | Refusal<ChangePasswordRefusal>

/** Gives the caller another password and ends all log-in links and all log-in sessions but the caller's; their addresses are forgotten. API tokens stay. */
export async function changePassword(
  { store, bus, clock, passwords }: Pick<Parts, 'store' | 'bus' | 'clock' | 'passwords'>,
  actor: OwnerActor,
  { currentPassword, newPassword }: PasswordChange,
): Promise<ChangePasswordResult> {
  const weakness = passwordFault(newPassword)
  if (weakness !== null) return refuse('WEAK_PASSWORD', weakness, 'newPassword')
  const { passwordHash: checked } = await store.prisma.user.findUniqueOrThrow({ where: { id: actor.userId } })
  if (checked !== null) {
    const verdict = currentPassword === null ? 'wrong' : await passwords.verify(checked, currentPassword)
    if (verdict === 'busy') return tooManyPasswords()
    if (verdict === 'wrong') return wrongPassword()
  }
  const passwordHash = await passwords.hash(newPassword)
  if (passwordHash === null) return tooManyPasswords()
  const now = clock.now()
  const changed = await store.change((faces) => replacePassword(faces, actor, { checked, passwordHash, now }))
  if (!changed) return wrongPassword()
  bus.publish('ownerTokensRevoked', { tokenIds: changed.endedIds })
  return { kind: 'changed', user: changed.user }
}

interface Replacement {
  /** The hash of the password that was checked, which must still be the owner's. */
  checked: string | null
  passwordHash: string
  now: number
}

async function replacePassword(
  { sql, prisma }: Faces,
  actor: OwnerActor,
  { checked, passwordHash, now }: Replacement,
): Promise<{ user: User; endedIds: string[] } | null> {
  const { userId, tokenId } = actor
  const [user] = await prisma.user.updateManyAndReturn({
    where: { id: userId, passwordHash: checked },
    data: { passwordHash },
  })
  if (!user) return null
  await forgetLogInCodes({ prisma }, userId)
  const ended = await prisma.apiToken.updateManyAndReturn({
    where: { userId, kind: 'SESSION', revokedAt: null, ...(tokenId !== null && { id: { not: tokenId } }) },
    data: { revokedAt: new Date(now) },
    select: { id: true },
  })
  await forgetLogInPlaces(sql, userId)
  await recordChange(sql, actor, { at: now, action: 'changePassword', subject: ['User', userId] })
  return { user, endedIds: ended.map(({ id }) => id) }
}

function wrongPassword(): Refusal<'WRONG_PASSWORD'> {
  return refuse('WRONG_PASSWORD', 'The current password is missing or wrong.', 'currentPassword')
}
