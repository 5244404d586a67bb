import type { User } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { openSession, type Session } from './open-session.js'
import { readEmail } from './read-email.js'
import { tooManyPasswords } from './too-many-passwords.js'

export type LogInResult = ({ kind: 'loggedIn'; user: User } & Session) | Refusal<'WRONG_CREDENTIALS' | 'RATE_LIMITED'>

/**
 * Opens a session for who knows an owner's password. An address without an owner, an owner without a password and a
 * wrong one get the same answer after the same work, so that nobody learns who is an owner here.
 */
export async function logIn(
  parts: Pick<Parts, 'store' | 'clock' | 'passwords'>,
  input: { email: string; password: string },
): Promise<LogInResult> {
  const email = readEmail(input.email)
  const user = email === null ? null : await parts.store.prisma.user.findUnique({ where: { email } })
  const verdict = await parts.passwords.verify(user?.passwordHash ?? null, input.password)
  if (verdict === 'busy') return tooManyPasswords()
  const session = verdict === 'right' && user ? await openSession(parts, user) : null
  if (session === null || user === null) {
    return refuse('WRONG_CREDENTIALS', 'No owner has this email address and this password.')
  }
  return { kind: 'loggedIn', user, ...session }
}
