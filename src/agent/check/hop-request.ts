import type { Check, HttpHeader, HttpMethod } from '../../protocol/check.js'

export interface HopRequest {
  url: URL
  method: HttpMethod
  headers: readonly HttpHeader[]
  body: string | null
  /** What the website has set in this check, beside the owner's own header. */
  cookie: string | null
}

export function firstRequest(url: URL, { method, headers, body }: Check): HopRequest {
  return { url, method, headers, body, cookie: null }
}

/** Name and value by turns, complete, so that Node adds none of its own. */
export function headerLines({ url, method, headers, body, cookie }: HopRequest, userAgent: string): string[] {
  const lines = ['host', url.host, 'user-agent', userAgent, 'accept-encoding', 'identity', 'connection', 'close']
  // Many a guard in front of a site refuses a request without it.
  if (!headers.some(({ name }) => name.toLowerCase() === 'accept')) lines.push('accept', '*/*')
  for (const { name, value } of headers) {
    if (name.toLowerCase() !== 'cookie') lines.push(name, value)
  }
  const cookies = [headers.find(({ name }) => name.toLowerCase() === 'cookie')?.value, cookie].filter(Boolean)
  if (cookies.length > 0) lines.push('cookie', cookies.join('; '))
  if (method === 'POST') lines.push('content-length', String(Buffer.byteLength(body ?? '')))
  return lines
}

export function bodyOf({ method, body }: HopRequest): string | null {
  return method === 'POST' ? body : null
}
