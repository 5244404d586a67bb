import type { IncomingMessage, ServerResponse } from 'node:http'
import { CORS_MAX_AGE_S } from '../limits.js'
import type { Settings } from '../settings.js'

/** Without credentials: there are no cookies. Returns whether the request was a preflight and is answered. */
export function serveCors(
  { corsOrigins }: Pick<Settings, 'corsOrigins'>,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (corsOrigins.length === 0) return false
  // Caches must not show it to another origin.
  response.setHeader('vary', 'origin')
  const { origin } = request.headers
  if (origin === undefined || !corsOrigins.includes(origin)) return false
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-expose-headers', 'retry-after')
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return false
  response
    .writeHead(204, {
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': String(CORS_MAX_AGE_S),
    })
    .end()
  return true
}
