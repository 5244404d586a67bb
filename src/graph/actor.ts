import type { GraphContext } from './context.js'
import { fault } from './fault.js'
import type { OwnerAccess } from './identity.js'

/** An owner who does something, with a token of theirs. */
export interface OwnerActor {
  kind: 'OWNER'
  userId: string
  /** The API token or log-in session; null when an account is being made or opened just now. */
  tokenId: string | null
  access: OwnerAccess
}

/** Whoever holds the operator token, or runs commands beside the hub. */
export interface OperatorActor {
  kind: 'OPERATOR'
}

/** The hub by itself. */
export interface HubActor {
  kind: 'HUB'
}

/** Who changes something: verbs take one, whatever they are called by. */
export type Actor = OwnerActor | OperatorActor | HubActor

export const OPERATOR: OperatorActor = { kind: 'OPERATOR' }
export const HUB: HubActor = { kind: 'HUB' }

/** The caller of a root field whose audience is OWNER. */
export function ownerIn({ identity }: GraphContext): OwnerActor {
  if (identity.kind !== 'owner') throw new Error('a field without the audience OWNER asked for its owner')
  const { userId, tokenId, access } = identity
  return { kind: 'OWNER', userId, tokenId, access }
}

/** @throws FORBIDDEN for an owner whose token is for queries and subscriptions only. */
export function refuseReadOnly(actor: Actor): void {
  if (actor.kind !== 'OWNER' || actor.access === 'FULL') return
  throw fault('FORBIDDEN', 'This token is read-only: mutations need a log-in session or an API token that is not.')
}
