import type { RequestOptions } from 'node:http'
import type { Socket } from 'node:net'
import { callbackify } from 'node:util'

import { WebSocket } from 'ws'

import { startLife } from '../../dial/life.js'
import type { HubFault } from './hub-fault.js'
import type { OpenHub } from './open-hub.js'
import { refusedUpgrade } from './socket-fault.js'

const HANDSHAKE_TIMEOUT_MS = 15_000
const CLOSE_TIMEOUT_MS = 2000

export interface WebSocketParts {
  hub: string
  userAgent: string
  open: OpenHub
  onMade(socket: WebSocket): void
  /** The hub, or what is in its place, answers the upgrade with something else. */
  onRefused(fault: HubFault): void
}

/** graphql-ws makes its socket of a class and hands over no options. */
export function hubWebSocket({ hub, userAgent, open, onMade, onRefused }: WebSocketParts): unknown {
  return class HubWebSocket extends WebSocket {
    constructor(address: string, protocols: string) {
      // As long as the socket, which it holds.
      const life = startLife(HANDSHAKE_TIMEOUT_MS, undefined)
      super(address, protocols, {
        createConnection: handOver(() => open(life)),
        // Compression takes some 300 KiB a socket at the hub and gains nothing on signatures.
        perMessageDeflate: false,
        headers: { 'user-agent': userAgent },
      })
      this.once('close', () => life.end())
      this.once('unexpected-response', (_request, { statusCode = 0, headers }) => {
        onRefused(refusedUpgrade(hub, statusCode, headers))
        this.terminate()
      })
      onMade(this)
    }
  }
}

function handOver(open: () => Promise<Socket>): NonNullable<RequestOptions['createConnection']> {
  const openForUpgrade = callbackify(async () => {
    // ws ends this time-out when the upgrade is through.
    return (await open()).setTimeout(HANDSHAKE_TIMEOUT_MS)
  })
  return (_options, done) => {
    openForUpgrade(done)
    return null
  }
}

export function closeSocket(socket: WebSocket | null): void {
  if (socket === null || socket.readyState === WebSocket.CLOSED) return
  const timer = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS)
  socket.once('close', () => clearTimeout(timer))
  socket.close(1000)
}
