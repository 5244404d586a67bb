import type { Parts } from '../parts.js'
import type { Answer } from './answer.js'
import { fault } from './fault.js'
import type { Identity } from './identity.js'

export interface GraphContext extends Parts {
  identity: Identity
  address: string
  socket: GraphSocket | null
  /** What the answer may come to; none for the validator channel, whose events and answers are bounded by what they are. */
  answer?: Answer
}

/** A WebSocket, as far as rooms need to know one. */
export interface GraphSocket {
  id: string
  connectedAt: number
  close(code: number, reason: string): void
}

export function requireOwner(context: GraphContext): string {
  if (context.identity.kind === 'owner') return context.identity.userId
  throw fault(
    codeFor(context),
    'This needs an owner: send `Authorization: Bearer <owner token>`, from logIn or createApiToken.',
  )
}

export function requireOperator(context: GraphContext): void {
  if (context.identity.kind === 'operator') return
  throw fault(
    codeFor(context),
    'This needs the operator: send `Authorization: Bearer <operator token>`, which the hub keeps in its data folder.',
  )
}

function codeFor({ identity }: GraphContext): 'UNAUTHENTICATED' | 'FORBIDDEN' {
  return identity.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN'
}
