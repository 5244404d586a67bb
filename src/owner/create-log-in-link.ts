import { recordChange } from '../audit/record-change.js'
import type { User } from '../generated/prisma/client.js'
import type { OperatorActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { issueLogInLink, type LogInLink } from './issue-log-in-link.js'
import { readEmail } from './read-email.js'

export type CreateLogInLinkResult = ({ kind: 'created'; user: User } & LogInLink) | Refusal<'NOT_FOUND'>

/** Makes a link that opens an owner's dashboard logged in, once. */
export async function createLogInLink(
  { store, clock, settings }: Pick<Parts, 'store' | 'clock' | 'settings'>,
  actor: OperatorActor,
  input: { email: string },
): Promise<CreateLogInLinkResult> {
  const email = readEmail(input.email)
  const now = clock.now()
  return store.change(async ({ sql, prisma }): Promise<CreateLogInLinkResult> => {
    const user = email === null ? null : await prisma.user.findUnique({ where: { email } })
    if (!user) return refuse('NOT_FOUND', 'There is no owner with this email address.', 'email')
    const link = await issueLogInLink(prisma, settings, { userId: user.id, now })
    await recordChange(sql, actor, { at: now, action: 'createLogInLink', subject: ['User', user.id], ownerId: user.id })
    return { kind: 'created', user, ...link }
  })
}
