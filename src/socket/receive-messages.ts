import type { RawData, WebSocket } from 'ws'
import { LARGE_MESSAGE_MIN_BYTES } from '../limits.js'
import type { Turnstile } from '../turnstile.js'
import type { ReadLane } from './read-gate.js'

/** Reads nothing while a large message waits, so that bursts queue in the peers' kernels, not in the hub's memory. */
export function receiveMessages(
  socket: WebSocket,
  { turnstile, lane }: { turnstile: Turnstile; lane: ReadLane },
  take: (text: string) => void,
): void {
  let waiting = 0
  socket.on('message', (data: RawData) => {
    // With ws's default binary type a message is one Buffer.
    const bytes = data as Buffer
    lane.endMessage()
    if (waiting === 0 && bytes.length < LARGE_MESSAGE_MIN_BYTES) return take(bytes.toString('utf8'))
    waiting += 1
    lane.hold(bytes.length)
    turnstile.enter(() => {
      waiting -= 1
      lane.letOn(bytes.length)
      take(bytes.toString('utf8'))
    })
  })
}
