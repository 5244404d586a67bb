import { parseUrl } from '../protocol/parse-url.js'

/** What a request asks for; null when it names nothing that can be read (`GET //`), which `new URL` throws at. */
export function requestUrl(target: string | undefined): URL | null {
  return target === undefined ? null : parseUrl(target, 'http://hub')
}
