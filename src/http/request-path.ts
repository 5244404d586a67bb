import { parseUrl } from '../protocol/parse-url.js'

/** The path that a request names; null when it names none that can be read (`GET //`), which `new URL` throws at. */
export function requestPath(target: string | undefined): string | null {
  return target === undefined ? null : (parseUrl(target, 'http://hub')?.pathname ?? null)
}
