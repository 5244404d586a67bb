import { WebSocket } from 'ws'

const HANDSHAKE_TIMEOUT_MS = 15_000
const CLOSE_TIMEOUT_MS = 2000

/** graphql-ws makes its socket of a class and hands over no options. */
export function hubWebSocket(userAgent: string, onMade: (socket: WebSocket) => void): unknown {
  return class HubWebSocket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, {
        handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
        // Compression takes some 300 KiB a socket at the hub and gains nothing on signatures.
        perMessageDeflate: false,
        headers: { 'user-agent': userAgent },
      })
      onMade(this)
    }
  }
}

export function closeSocket(socket: WebSocket | null): void {
  if (socket === null || socket.readyState === WebSocket.CLOSED) return
  const timer = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS)
  socket.once('close', () => clearTimeout(timer))
  socket.close(1000)
}
