import type { IncomingHttpHeaders } from 'node:http'
import { parseUrl } from '../protocol/parse-url.js'
import type { Settings } from '../settings.js'
import type { Refusal } from './refusal.js'

/** `NONE`: no browser, or a page without another origin. `OWN`: the hub's page. `LISTED`: let in by the operator. */
export type OriginKind = 'NONE' | 'OWN' | 'LISTED' | 'FOREIGN'

/** Compares origins whole: no wildcards, no prefixes. */
export function judgeOrigin(
  { origin, host }: Pick<IncomingHttpHeaders, 'origin' | 'host'>,
  { origins, publicUrl, corsOrigins }: Pick<Settings, 'origins' | 'publicUrl' | 'corsOrigins'>,
): OriginKind {
  if (origin === undefined) return 'NONE'
  if (corsOrigins.includes(origin)) return 'LISTED'
  if (origins.includes(origin) || origin === publicUrl) return 'OWN'
  const isOwn = host !== undefined && parseUrl(origin)?.host === host.toLowerCase()
  return isOwn ? 'OWN' : 'FOREIGN'
}

export const FOREIGN_ORIGIN: Refusal = {
  status: 403,
  code: 'FORBIDDEN',
  message: "This page's origin may not use this hub: its operator can add it to OVERLAPS_CORS_ORIGINS.",
}

const ONLY_JSON: Refusal = {
  status: 415,
  code: 'BAD_USER_INPUT',
  message: 'The body must be JSON in UTF-8: send it with `Content-Type: application/json`.',
  headers: { 'accept-post': 'application/json' },
}

const ONLY_PLAIN: Refusal = {
  status: 415,
  code: 'BAD_USER_INPUT',
  message: 'The body must not be compressed: send it without Content-Encoding.',
  headers: { 'accept-encoding': 'identity' },
}

const JSON_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?(;\s*)?$/i

/** Browsers send forms and plain text to other origins without a preflight; compressed bodies may expand enormously. */
export function bodyFault(headers: Pick<IncomingHttpHeaders, 'content-type' | 'content-encoding'>): Refusal | null {
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') return ONLY_PLAIN
  return JSON_TYPE.test(headers['content-type']?.trim() ?? '') ? null : ONLY_JSON
}
