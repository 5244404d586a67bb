import type { Socket } from 'node:net'
import { PARTING_MAX_BYTES, PARTING_MS } from '../limits.js'

/** Between two looks at the bounds, in milliseconds. */
const PARTING_LOOK_MS = 50

const parting = new WeakSet<object>()

/** Whether a connection is being closed, so that nothing more of what comes on it is a request. */
export function isParting(socket: object): boolean {
  return parting.has(socket)
}

/**
 * Closes a connection in stages (RFC 9112 §9.6): a peer that still sends when its answer is written would be reset, and lose
 * the answer. The own side is closed at once; what the peer sends is thrown away until it closes too, within bounds.
 */
export function letGo(socket: Socket): void {
  if (parting.has(socket) || socket.destroyed) return
  parting.add(socket)
  const bytesBefore = socket.bytesRead
  const until = performance.now() + PARTING_MS
  // Looked at, not listened to: a listener would take the data away from Node.js's own reader, and stop it.
  const looking = setInterval(() => {
    if (performance.now() > until || socket.bytesRead - bytesBefore > PARTING_MAX_BYTES) socket.destroy()
  }, PARTING_LOOK_MS)
  socket.once('end', () => socket.destroy())
  socket.once('close', () => clearInterval(looking))
  // A peer that has reset it is gone.
  socket.on('error', () => undefined)
  socket.end()
  socket.resume()
}
