import { parseUrl } from '../../protocol/parse-url.js'
import { readUrl } from '../../protocol/text-forms.js'
import { failed } from './failed.js'
import type { Failed } from './failed.js'
import type { HopRequest } from './hop-request.js'

const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** Go with the body that they describe. */
const BODY_HEADERS = new Set(['content-encoding', 'content-language', 'content-location', 'content-type'])

export interface Followed {
  kind: 'followed'
  request: HopRequest
}

/** Whether an answer sends elsewhere; one without a Location is an answer like any other. */
export function isRedirect(httpStatus: number, location: string | null): location is string {
  return REDIRECTS.has(httpStatus) && location !== null
}

/**
 * The request that a redirect asks for, or why it is not followed. `asked` holds all requests so far, this one included. What the owner
 * gave for his website, headers and body, goes to its origin only: a page that redirects elsewhere must not hand out his keys.
 */
export function followRedirect(
  asked: readonly HopRequest[],
  httpStatus: number,
  location: string,
  redirectsMax: number,
): Followed | Failed {
  const from = asked.at(-1)
  const url = from === undefined ? null : hopUrl(location, from.url)
  if (from === undefined || url === null) return failed('REDIRECT', 'INVALID_LOCATION')
  if (url === 'TOO_LONG') return failed('REDIRECT', 'LOCATION_TOO_LONG')
  const turned = turnToGet(from, httpStatus)
  const request = url.origin === from.url.origin ? { ...turned, url } : { ...turned, url, headers: [] }
  if (asked.some((earlier) => earlier.method === request.method && earlier.url.href === url.href)) {
    return failed('REDIRECT', 'REDIRECT_LOOP')
  }
  if (asked.length > redirectsMax) return failed('REDIRECT', 'TOO_MANY_REDIRECTS')
  if (url.origin !== from.url.origin && request.body !== null) return failed('REDIRECT', 'BODY_TO_OTHER_ORIGIN')
  return { kind: 'followed', request }
}

/** As browsers do: 303 always, 301 and 302 for POST. */
function turnToGet(request: HopRequest, httpStatus: number): HopRequest {
  const turns = httpStatus === 303 ? request.method !== 'HEAD' : httpStatus <= 302 && request.method === 'POST'
  if (!turns) return request
  const headers = request.headers.filter(({ name }) => !BODY_HEADERS.has(name.toLowerCase()))
  return { ...request, method: 'GET', headers, body: null }
}

/** Judged as every URL of a website is, but for the fragment, which never leaves the client. */
function hopUrl(location: string, base: URL): URL | 'TOO_LONG' | null {
  // Node reads headers as Latin-1; what is not ASCII in a Location is UTF-8 wherever it is met.
  const text = Buffer.from(location, 'latin1').toString('utf8')
  const url = parseUrl(text, base)
  if (url === null) return null
  url.hash = ''
  const read = readUrl(url.href)
  return typeof read === 'string' && read !== 'TOO_LONG' ? null : read
}
