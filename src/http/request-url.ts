import { parseUrl } from '../protocol/parse-url.js'

/** Null for an unreadable target such as `GET //`, at which `new URL` throws. */
export function requestUrl(target: string | undefined): URL | null {
  return target === undefined ? null : parseUrl(target, 'http://hub')
}
