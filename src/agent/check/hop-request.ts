import type { Check, HttpHeader, HttpMethod } from '../../protocol/check.js'

/** What one hop is asked. */
export interface HopRequest {
  url: URL
  method: HttpMethod
  /** The owner's. */
  headers: readonly HttpHeader[]
  body: string | null
}

export function firstRequest(url: URL, { method, headers, body }: Check): HopRequest {
  return { url, method, headers, body }
}

/** All headers of a request as Node takes them, name and value by turns, so that it adds none of its own. */
export function headerLines({ url, method, headers, body }: HopRequest, userAgent: string): string[] {
  const lines = ['host', url.host, 'user-agent', userAgent, 'accept-encoding', 'identity', 'connection', 'close']
  // Many a guard in front of a site refuses a request without it; it asks for nothing in particular.
  if (!headers.some(({ name }) => name.toLowerCase() === 'accept')) lines.push('accept', '*/*')
  for (const { name, value } of headers) lines.push(name, value)
  if (method === 'POST') lines.push('content-length', String(Buffer.byteLength(body ?? '')))
  return lines
}

/** What is sent behind the headers: a body is for POST alone. */
export function bodyOf({ method, body }: HopRequest): string | null {
  return method === 'POST' ? body : null
}
