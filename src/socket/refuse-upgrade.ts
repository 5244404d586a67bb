import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { SESSIONLESS_SOCKETS_MAX } from '../limits.js'
import { refusalHeaders, refusalText, type Refusal } from '../http/refusal.js'

/** As long as a socket may take to show its token. */
const RETRY_AFTER_S = 10

export const TOO_MANY_SOCKETS: Refusal = {
  status: 429,
  code: 'RATE_LIMITED',
  message: `There are ${SESSIONLESS_SOCKETS_MAX} sockets without a token from this address: close some, or send a token with connection_init.`,
  headers: { 'retry-after': String(RETRY_AFTER_S) },
}

export const STOPPING: Refusal = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'The hub is stopping: come back soon.',
  headers: { 'retry-after': '1' },
}

export function refuseUpgrade(stream: Duplex, refusal: Refusal): void {
  const body = refusalText(refusal)
  const headers = { ...refusalHeaders(refusal), 'content-length': String(Buffer.byteLength(body)) }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  // A peer that never closes its side would keep the connection for ever.
  stream.once('finish', () => stream.destroy())
  stream.end([`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`, ...lines, '', body].join('\r\n'))
}
