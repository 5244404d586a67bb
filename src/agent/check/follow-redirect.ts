import { parseUrl } from '../../protocol/parse-url.js'
import { readUrl } from '../../protocol/text-forms.js'
import { failed } from './failed.js'
import type { Failed } from './failed.js'
import type { HopRequest } from './hop-request.js'

const REDIRECTS = new Set([301, 302, 303, 307, 308])
const BODY_HEADERS = new Set(['content-encoding', 'content-language', 'content-location', 'content-type'])

export interface Followed {
  kind: 'followed'
  request: HopRequest
}

/** An answer without a Location is one like any other. */
export function isRedirect(httpStatus: number, location: string | null): location is string {
  return REDIRECTS.has(httpStatus) && location !== null
}

/** The owner's headers and body go to his website's origin only: a page that redirects elsewhere must not hand out his keys. */
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

/** Judged as every URL of a website, but for the fragment. */
function hopUrl(location: string, base: URL): URL | 'TOO_LONG' | null {
  // Node reads headers as Latin-1; in a Location they are UTF-8 wherever it is not ASCII.
  const text = Buffer.from(location, 'latin1').toString('utf8')
  const url = parseUrl(text, base)
  if (url === null) return null
  url.hash = ''
  const read = readUrl(url.href)
  return typeof read === 'string' && read !== 'TOO_LONG' ? null : read
}
