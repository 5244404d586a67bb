import { recordChange } from '../audit/record-change.js'
import type { User } from '../generated/prisma/client.js'
import { arrivingOwner } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import type { Sql } from '../store/store.js'
import { openSession, type Session } from './open-session.js'
import { readEmail } from './read-email.js'
import { tooManyPasswords } from './too-many-passwords.js'

export type LogInResult = ({ kind: 'loggedIn'; user: User } & Session) | Refusal<'WRONG_CREDENTIALS' | 'RATE_LIMITED'>

/**
 * Opens a session for whoever knows an owner's password. An address without an owner, an owner without a password and a
 * wrong one get the same answer after the same work, so that nobody learns who is an owner here.
 */
export async function logIn(
  { store, clock, passwords }: Pick<Parts, 'store' | 'clock' | 'passwords'>,
  input: { email: string; password: string },
): Promise<LogInResult> {
  const email = readEmail(input.email)
  const user = email === null ? null : await store.prisma.user.findUnique({ where: { email } })
  const verdict = await passwords.verify(user?.passwordHash ?? null, input.password)
  if (verdict === 'busy') return tooManyPasswords()
  if (verdict === 'wrong' || !user) return wrongCredentials()
  const now = clock.now()
  return store.change(async ({ sql, prisma }): Promise<LogInResult> => {
    if (!(await holdPassword(sql, user))) return wrongCredentials()
    await recordChange(sql, arrivingOwner(user.id), { at: now, action: 'logIn', subject: ['User', user.id] })
    return { kind: 'loggedIn', user, ...(await openSession(prisma, user.id, now)) }
  })
}

/**
 * Whether the password is still the one that was checked, and holds it until the transaction's end: `changePassword` must
 * end every session of the old one.
 */
async function holdPassword(sql: Sql, { id, passwordHash }: User): Promise<boolean> {
  const text = `SELECT 1 FROM "User" WHERE id = $1 AND "passwordHash" IS NOT DISTINCT FROM $2 FOR SHARE`
  return (await sql.query(text, [id, passwordHash])).length > 0
}

function wrongCredentials(): Refusal<'WRONG_CREDENTIALS'> {
  return refuse('WRONG_CREDENTIALS', 'No owner has this email address and this password.')
}
