import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DocumentNode } from 'graphql'
import type { GraphSocket } from '../graph/context.js'
import type { Identity } from '../graph/identity.js'

export interface Caller {
  identity: Identity
  address: string
  /** Null over HTTP. */
  socket: GraphSocket | null
  /** Seconds to wait when nothing is left of the caller's rate, else null. */
  overdrawnS: number | null
  /** Null until it is parsed. */
  document: DocumentNode | null
  /** What it has cost to check the document; nothing when it was known to be sound. */
  checkingCost: number
}

export interface TransportContext {
  /** Over HTTP. */
  req?: IncomingMessage
  res?: ServerResponse
  /** Whether only the head of the answer is asked for. */
  isHead?: boolean
  /** Over a WebSocket it is known from the beginning, over HTTP before the document is read. */
  caller?: Caller
}
