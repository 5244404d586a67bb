import { v7 as uuid } from 'uuid'
import type { User } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { passwordFault } from './password-fault.js'
import { readEmail } from './read-email.js'
import { tooManyPasswords } from './too-many-passwords.js'

export interface NewOwner {
  email: string
  /** Null for one who only ever uses tokens. */
  password: string | null
}

export type CreateOwnerRefusal = 'INVALID_EMAIL' | 'WEAK_PASSWORD' | 'EMAIL_TAKEN' | 'RATE_LIMITED'
export type CreateOwnerResult = { kind: 'created'; user: User } | Refusal<CreateOwnerRefusal>

/** Makes an owner. Nobody proves that the address is theirs: it is a name to log in with. */
export async function createOwner(
  { store, clock, passwords }: Pick<Parts, 'store' | 'clock' | 'passwords'>,
  input: NewOwner,
): Promise<CreateOwnerResult> {
  const email = readEmail(input.email)
  if (email === null) {
    return refuse('INVALID_EMAIL', 'The email address must be of the usual form, such as ada@example.com.')
  }
  const weakness = input.password === null ? null : passwordFault(input.password)
  if (weakness !== null) return refuse('WEAK_PASSWORD', weakness)
  // Looked at before the password costs anything, and again by the insert.
  if ((await store.prisma.user.count({ where: { email } })) > 0) return emailTaken(email)

  const passwordHash = input.password === null ? null : await passwords.hash(input.password)
  if (input.password !== null && passwordHash === null) return tooManyPasswords()
  const [user] = await store.sql.query<User>(
    `INSERT INTO "User" (id, email, "passwordHash", "createdAt") VALUES ($1, $2, $3, $4)
     ON CONFLICT (email) DO NOTHING RETURNING *`,
    [uuid(), email, passwordHash, new Date(clock.now())],
  )
  return user ? { kind: 'created', user } : emailTaken(email)
}

function emailTaken(email: string): Refusal<'EMAIL_TAKEN'> {
  return refuse('EMAIL_TAKEN', `There is an owner with the email address ${email} already.`)
}
