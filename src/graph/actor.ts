import type { GraphContext } from './context.js'
import { fault } from './fault.js'
import type { OwnerAccess } from './identity.js'

export interface OwnerActor {
  kind: 'OWNER'
  userId: string
  /** Null while an account is being made or opened. */
  tokenId: string | null
  access: OwnerAccess
}

/** Whoever holds the operator token, or runs commands beside the hub. */
export interface OperatorActor {
  kind: 'OPERATOR'
}

export interface HubActor {
  kind: 'HUB'
}

export type Actor = OwnerActor | OperatorActor | HubActor

export const OPERATOR: OperatorActor = { kind: 'OPERATOR' }
export const HUB: HubActor = { kind: 'HUB' }

/** For root fields whose audience is OWNER. */
export function ownerIn({ identity }: GraphContext): OwnerActor {
  if (identity.kind !== 'owner') throw new Error('a field without the audience OWNER asked for its owner')
  const { userId, tokenId, access } = identity
  return { kind: 'OWNER', userId, tokenId, access }
}

/** The ID of the caller of a root field whose audience is VALIDATOR. */
export function validatorIn({ identity }: GraphContext): string {
  if (identity.kind !== 'validator') throw new Error('a field without the audience VALIDATOR asked for its validator')
  return identity.validatorId
}

/** An owner who has no token yet: the account is being made or opened just now. */
export function arrivingOwner(userId: string): OwnerActor {
  return { kind: 'OWNER', userId, tokenId: null, access: 'FULL' }
}

/** @throws FORBIDDEN for an owner whose token is for queries and subscriptions only. */
export function refuseReadOnly(actor: Actor): void {
  if (actor.kind !== 'OWNER' || actor.access === 'FULL') return
  throw fault('FORBIDDEN', 'This token is read-only: mutations need a log-in session or an API token that is not.')
}
