import type { User } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { createOwner, type CreateOwnerRefusal } from './create-owner.js'
import { openSession, type Session } from './open-session.js'

type RegisterRefusal = 'REGISTRATION_CLOSED' | CreateOwnerRefusal
export type RegisterResult = ({ kind: 'registered'; user: User } & Session) | Refusal<RegisterRefusal>

/** Lets a stranger become an owner, logged in, where the operator has opened the hub to strangers. */
export async function register(
  parts: Pick<Parts, 'store' | 'clock' | 'settings' | 'passwords'>,
  { email, password }: { email: string; password: string },
): Promise<RegisterResult> {
  if (parts.settings.registration !== 'open') {
    return refuse('REGISTRATION_CLOSED', 'This hub takes no registrations; its operator makes owners.')
  }
  const outcome = await createOwner(parts, { email, password })
  if (outcome.kind === 'refused') return outcome
  const session = await openSession(parts, outcome.user)
  if (session === null) throw new Error('a new owner has another password')
  return { kind: 'registered', user: outcome.user, ...session }
}
