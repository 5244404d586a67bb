import { recordChange } from '../audit/record-change.js'
import type { User } from '../generated/prisma/client.js'
import type { OperatorActor } from '../graph/actor.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { addOwner, type AddOwnerRefusal, checkOwner, emailTaken } from './add-owner.js'
import { issueToken } from './issue-token.js'
import type { NewOwner } from './read-new-owner.js'

/** The token is shown this once. */
export type CreateOwnerResult = { kind: 'created'; user: User; token: string } | Refusal<AddOwnerRefusal>

/** Creates an owner with a first API token. */
export async function createOwner(
  parts: Pick<Parts, 'store' | 'clock' | 'passwords'>,
  actor: OperatorActor,
  input: NewOwner,
): Promise<CreateOwnerResult> {
  const checked = await checkOwner(parts, input)
  if (checked.kind === 'refused') return checked
  const now = parts.clock.now()
  return parts.store.change(async ({ sql, prisma }): Promise<CreateOwnerResult> => {
    const user = await addOwner(prisma, checked, new Date(now))
    if (!user) return emailTaken(checked.email)
    const { token } = await issueToken(prisma, { userId: user.id, kind: 'API', name: 'from the operator', now })
    await recordChange(sql, actor, { at: now, action: 'createOwner', subject: ['User', user.id], ownerId: user.id })
    return { kind: 'created', user, token }
  })
}
