import type { RawData, WebSocket } from 'ws'
import type { Turnstile } from '../turnstile.js'

/** From this many bytes on, taking a message apart costs milliseconds: it waits for its turn, and its socket with it. */
const LARGE_MESSAGE_BYTES = 16 * 1024

/**
 * Hands a socket's messages over in their order. While a large one waits for its turn nothing more is read from its
 * peer, so that a burst of batches waits in the peers' kernels and not in the hub's memory.
 */
export function receiveMessages(socket: WebSocket, turnstile: Turnstile, take: (text: string) => void): void {
  let waiting = 0
  socket.on('message', (data: RawData) => {
    // With ws's default binary type a message is one Buffer.
    const bytes = data as Buffer
    if (waiting === 0 && bytes.length < LARGE_MESSAGE_BYTES) return take(bytes.toString('utf8'))
    waiting += 1
    socket.pause()
    turnstile.enter(() => {
      waiting -= 1
      if (waiting === 0) socket.resume()
      take(bytes.toString('utf8'))
    })
  })
}
