import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { SESSIONLESS_SOCKETS_MAX, SOCKET_INIT_MS } from '../limits.js'
import { letGo } from '../http/let-go.js'
import { refusalBytes, type Refusal } from '../http/refusal.js'
import { SECOND_MS } from '../time.js'

/** As long as a socket may take to show its token. */
const RETRY_AFTER_S = Math.ceil(SOCKET_INIT_MS / SECOND_MS)

export const TOO_MANY_SOCKETS: Refusal = {
  status: 429,
  code: 'RATE_LIMITED',
  message: `There are ${SESSIONLESS_SOCKETS_MAX} sockets without a token from this address: close some, or send a token with connection_init.`,
  headers: { 'retry-after': String(RETRY_AFTER_S) },
}

export const STOPPING: Refusal = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'The hub is stopping: try again soon.',
  headers: { 'retry-after': '1' },
}

export function refuseUpgrade(stream: Duplex, refusal: Refusal): void {
  stream.write(refusalBytes(refusal))
  letGo(stream as Socket)
}
