import { WebSocket } from 'ws'

const HANDSHAKE_TIMEOUT_MS = 15_000
/** How long the other side may take over a closure in good order before the connection is cut. */
const CLOSE_TIMEOUT_MS = 2000

/** The class that graphql-ws is to make its one socket of, for it hands over no options of its own; `onMade` gets the socket. */
export function hubWebSocket(userAgent: string, onMade: (socket: WebSocket) => void): unknown {
  return class HubWebSocket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, {
        handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
        // Compression takes some 300 KiB a socket at the hub and gains nothing on signatures and hashes.
        perMessageDeflate: false,
        headers: { 'user-agent': userAgent },
      })
      onMade(this)
    }
  }
}

/** Closes in good order, or cuts off a peer that does not answer in time. */
export function closeSocket(socket: WebSocket | null): void {
  if (socket === null || socket.readyState === WebSocket.CLOSED) return
  const timer = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS)
  socket.once('close', () => clearTimeout(timer))
  socket.close(1000)
}
