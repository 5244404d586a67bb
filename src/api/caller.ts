import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DocumentNode } from 'graphql'
import type { GraphSocket } from '../graph/context.js'
import type { Identity } from '../graph/identity.js'

/** Who asks for one operation, and how he stands. */
export interface Caller {
  identity: Identity
  address: string
  /** The WebSocket that it came over, or null over HTTP. */
  socket: GraphSocket | null
  /** Seconds to wait when nothing is left to him, null when there is. */
  overdrawnS: number | null
  /** Set once it is read. */
  document: DocumentNode | null
}

/** What a transport knows of an operation before it is run. */
export interface TransportContext {
  /** Over HTTP. */
  req?: IncomingMessage
  res?: ServerResponse
  /** Whether only the head of the answer is asked for. */
  isHead?: boolean
  /** Who asks: known from the beginning over a WebSocket, before its document is read over HTTP. */
  caller?: Caller
}
