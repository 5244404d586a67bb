import type { Prisma, User } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { type NewOwner, readNewOwner } from './read-new-owner.js'
import { tooManyPasswords } from './too-many-passwords.js'

export type AddOwnerRefusal = 'INVALID_EMAIL' | 'WEAK_PASSWORD' | 'EMAIL_TAKEN' | 'RATE_LIMITED'

/** An owner who may be added: all of it is checked but that the email address is still free. */
export interface CheckedOwner {
  kind: 'checked'
  email: string
  passwordHash: string | null
}

/** Checks a new owner and hashes the password. Nobody proves that the address is theirs: it is a name to log in with. */
export async function checkOwner(
  { store, passwords }: Pick<Parts, 'store' | 'passwords'>,
  input: NewOwner,
): Promise<CheckedOwner | Refusal<AddOwnerRefusal>> {
  const read = readNewOwner(input)
  if ('kind' in read) return read
  const { email, password } = read
  // Before the password costs anything; `addOwner` has the last word.
  if ((await store.prisma.user.count({ where: { email } })) > 0) return emailTaken(email)
  const passwordHash = password === null ? null : await passwords.hash(password)
  if (password !== null && passwordHash === null) return tooManyPasswords()
  return { kind: 'checked', email, passwordHash }
}

/** Null when the email address has been taken meanwhile. */
export async function addOwner(
  prisma: Prisma.TransactionClient,
  { email, passwordHash }: CheckedOwner,
  createdAt: Date,
): Promise<User | null> {
  const [user] = await prisma.user.createManyAndReturn({
    data: [{ email, passwordHash, createdAt }],
    skipDuplicates: true,
  })
  return user ?? null
}

export function emailTaken(email: string): Refusal<'EMAIL_TAKEN'> {
  return refuse('EMAIL_TAKEN', `The email address ${email} is already taken.`, 'email')
}
