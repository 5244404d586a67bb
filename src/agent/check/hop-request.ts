import type { Check, HttpHeader, HttpMethod } from '../../protocol/check.js'

export interface HopRequest {
  url: URL
  method: HttpMethod
  headers: readonly HttpHeader[]
  body: string | null
}

export function firstRequest(url: URL, { method, headers, body }: Check): HopRequest {
  return { url, method, headers, body }
}

/** Name and value by turns, complete, so that Node adds none of its own. */
export function headerLines({ url, method, headers, body }: HopRequest, userAgent: string): string[] {
  const lines = ['host', url.host, 'user-agent', userAgent, 'accept-encoding', 'identity', 'connection', 'close']
  // Many a guard in front of a site refuses a request without it.
  if (!headers.some(({ name }) => name.toLowerCase() === 'accept')) lines.push('accept', '*/*')
  for (const { name, value } of headers) lines.push(name, value)
  if (method === 'POST') lines.push('content-length', String(Buffer.byteLength(body ?? '')))
  return lines
}

export function bodyOf({ method, body }: HopRequest): string | null {
  return method === 'POST' ? body : null
}
