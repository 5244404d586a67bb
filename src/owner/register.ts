import { recordChange } from '../audit/record-change.js'
import type { User } from '../generated/prisma/client.js'
import { arrivingOwner } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { addOwner, type AddOwnerRefusal, checkOwner, emailTaken } from './add-owner.js'
import { openSession, type Session } from './open-session.js'

type RegisterRefusal = 'REGISTRATION_CLOSED' | AddOwnerRefusal
export type RegisterResult = ({ kind: 'registered'; user: User } & Session) | Refusal<RegisterRefusal>

/** Lets a stranger become an owner, logged in, where the operator has opened the hub to strangers. */
export async function register(
  parts: Pick<Parts, 'store' | 'clock' | 'settings' | 'passwords'>,
  input: { email: string; password: string },
): Promise<RegisterResult> {
  if (parts.settings.registration !== 'open') {
    return refuse('REGISTRATION_CLOSED', 'This hub does not accept registrations; ask its operator for an account.')
  }
  const checked = await checkOwner(parts, input)
  if (checked.kind === 'refused') return checked
  const now = parts.clock.now()
  return parts.store.change(async ({ sql, prisma }): Promise<RegisterResult> => {
    const user = await addOwner(prisma, checked, new Date(now))
    if (!user) return emailTaken(checked.email)
    await recordChange(sql, arrivingOwner(user.id), { at: now, action: 'register', subject: ['User', user.id] })
    return { kind: 'registered', user, ...(await openSession(prisma, user.id, now)) }
  })
}
