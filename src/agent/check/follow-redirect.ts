import { parseUrl } from '../../protocol/parse-url.js'
import { readUrl } from '../../protocol/text-forms.js'
import type { CookieJar } from './cookie-jar.js'
import { failed } from './failed.js'
import type { Failed } from './failed.js'
import type { HopRequest } from './hop-request.js'

const REDIRECTS = new Set([301, 302, 303, 307, 308])
const BODY_HEADERS = new Set(['content-encoding', 'content-language', 'content-location', 'content-type'])
/** User-Agent is ours. */
const NEGOTIATION_HEADERS = new Set(['accept', 'accept-language'])
const NOT_ASCII = /[\u0080-\u00FF]/g

export interface Followed {
  kind: 'followed'
  request: HopRequest
}

/** An answer without a Location is one like any other. */
export function isRedirect(httpStatus: number, location: string | null): location is string {
  return REDIRECTS.has(httpStatus) && location !== null
}

export interface RedirectSeen {
  httpStatus: number
  /** As Node reads it: a character for each byte. */
  location: string
}

/**
 * The owner's headers and body go to his website's origin only: a page that redirects elsewhere must not hand out his keys.
 * What says only which answer is wanted goes along.
 */
export function followRedirect(
  asked: readonly HopRequest[],
  { httpStatus, location }: RedirectSeen,
  cookies: Pick<CookieJar, 'headerFor'>,
  redirectsMax: number,
): Followed | Failed {
  const from = asked.at(-1)
  const url = from === undefined ? null : hopUrl(location, from.url)
  if (from === undefined || url === null) return failed('REDIRECT', 'INVALID_LOCATION')
  if (url === 'TOO_LONG') return failed('REDIRECT', 'LOCATION_TOO_LONG')
  const turned = turnToGet(from, httpStatus)
  const isElsewhere = url.origin !== from.url.origin
  const headers = isElsewhere ? turned.headers.filter(({ name }) => isNoSecret(name)) : turned.headers
  const request = { ...turned, url, headers, cookie: cookies.headerFor(url) }
  if (asked.some((earlier) => isSame(earlier, request))) return failed('REDIRECT', 'REDIRECT_LOOP')
  if (asked.length > redirectsMax) return failed('REDIRECT', 'TOO_MANY_REDIRECTS')
  if (isElsewhere && request.body !== null) return failed('REDIRECT', 'BODY_TO_OTHER_ORIGIN')
  return { kind: 'followed', request }
}

function isNoSecret(name: string): boolean {
  return NEGOTIATION_HEADERS.has(name.toLowerCase())
}

/** A page that has meanwhile set a cookie may answer otherwise. */
function isSame(one: HopRequest, other: HopRequest): boolean {
  return one.method === other.method && one.url.href === other.url.href && one.cookie === other.cookie
}

/** As browsers do: 303 always, 301 and 302 for POST. */
function turnToGet(request: HopRequest, httpStatus: number): HopRequest {
  const turns = httpStatus === 303 ? request.method !== 'HEAD' : httpStatus <= 302 && request.method === 'POST'
  if (!turns) return request
  const headers = request.headers.filter(({ name }) => !BODY_HEADERS.has(name.toLowerCase()))
  return { ...request, method: 'GET', headers, body: null }
}

/** Judged as every URL of a website, but for the fragment and a user name. */
function hopUrl(location: string, base: URL): URL | 'TOO_LONG' | null {
  const url = parseUrl(location.replaceAll(NOT_ASCII, escapeByte), base)
  if (url === null) return null
  url.hash = ''
  url.username = ''
  url.password = ''
  const read = readUrl(url.href)
  return typeof read === 'string' && read !== 'TOO_LONG' ? null : read
}

/** The server is asked for the very bytes that it said, in whatever encoding they are. */
function escapeByte(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase()}`
}
