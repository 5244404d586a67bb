import type { Socket } from 'node:net'
import { PARTING_MAX_BYTES, PARTING_MS } from '../limits.js'

const PARTING_LOOK_MS = 50

const parting = new WeakSet<object>()

/** Nothing more that comes on such a connection is a request. */
export function isParting(socket: object): boolean {
  return parting.has(socket)
}

/** Closes its own side first (RFC 9112 §9.6): closed outright, a peer that still sends would lose its answer. */
export function letGo(socket: Socket): void {
  if (parting.has(socket) || socket.destroyed) return
  parting.add(socket)
  const bytesBefore = socket.bytesRead
  const until = performance.now() + PARTING_MS
  // Polled, because a listener for data would take it away from Node.js's HTTP parser, which then stops reading.
  const looking = setInterval(() => {
    if (performance.now() > until || socket.bytesRead - bytesBefore > PARTING_MAX_BYTES) socket.destroy()
  }, PARTING_LOOK_MS)
  socket.once('end', () => socket.destroy())
  socket.once('close', () => clearInterval(looking))
  socket.on('error', () => undefined)
  socket.end()
  socket.resume()
}
