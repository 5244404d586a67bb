import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { SESSIONLESS_SOCKETS_MAX } from '../limits.js'
import type { RequestRefusal } from '../http/judge-request.js'

/** Seconds: as long as a socket may take to show its token. */
const RETRY_AFTER_S = 10

export const TOO_MANY_SOCKETS: RequestRefusal = {
  status: 429,
  code: 'RATE_LIMITED',
  message: `There are ${SESSIONLESS_SOCKETS_MAX} sockets without a token from this address: close some, or send a token with connection_init.`,
  headers: { 'retry-after': String(RETRY_AFTER_S) },
}

export const STOPPING: RequestRefusal = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'The hub is stopping: come back soon.',
  headers: { 'retry-after': '1' },
}

/** Answers a request for a WebSocket with a refusal, and lets go of the connection. */
export function refuseUpgrade(
  stream: Duplex,
  { status, code, message, headers = {} }: Pick<RequestRefusal, 'status'> & Partial<RequestRefusal>,
): void {
  const body = code === undefined ? '' : JSON.stringify({ errors: [{ message, extensions: { code } }] })
  const all = {
    ...headers,
    ...(body !== '' && { 'content-type': 'application/json; charset=utf-8' }),
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  // A peer that never closes its side would keep the connection for good.
  stream.once('finish', () => stream.destroy())
  stream.end([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n'))
}
