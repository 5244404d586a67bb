import type { Parts } from '../parts.js'
import type { Answer } from './answer.js'
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
