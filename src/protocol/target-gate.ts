import { isIP } from 'node:net'

import { URL_LENGTH_MAX } from './limits.js'
import { isPublicAddress } from './public-address.js'
import { portOf } from './target-ports.js'
import type { TargetPorts } from './target-ports.js'
import { readUrl } from './text-forms.js'
import type { UrlFault } from './text-forms.js'

/** The one gate for where strangers' URLs may lead, asked by hub and agent before a look-up, of each address, and of each socket. */

/** What an operator has set, in the same words on hub and validators. */
export interface TargetTerms {
  /** For one's own network only. It frees the ports as well. */
  allowPrivateTargets: boolean
  targetPorts: TargetPorts
}

export type ForbiddenTarget = 'PRIVATE_NAME' | 'PRIVATE_ADDRESS' | 'UNUSUAL_PORT'

export interface TargetFault {
  kind: 'MALFORMED' | 'FORBIDDEN'
  code: UrlFault | ForbiddenTarget
  message: string
}

/** RFC 6761, RFC 6762 with appendix G, RFC 8375, ICANN's `internal`, and what resolvers make of bare names. */
const PRIVATE_DOMAINS = [
  'localhost',
  'localdomain',
  'local',
  'internal',
  'home.arpa',
  'home',
  'lan',
  'intranet',
  'corp',
  'private',
  'test',
]

const FORM_WORDS: Readonly<Record<UrlFault, string>> = {
  NO_URL: 'url must be a whole URL, such as https://example.com/.',
  NO_HTTP: 'url must be an http or https URL.',
  CREDENTIALS: 'url must be without user name and password.',
  FRAGMENT: 'url must be without a fragment, the part from # on, which never reaches a server.',
  TOO_LONG: `url must have at most ${URL_LENGTH_MAX} characters, written out in ASCII.`,
}
const PRIVATE_ALLOWED =
  'On a network of your own, the hub and the validators take it with OVERLAPS_ALLOW_PRIVATE_TARGETS=1.'

/** Parsed and normalised, or why not. What a name leads to shows on the socket only: `forbidsAddress`. */
export function readTarget(text: string, terms: TargetTerms): URL | TargetFault {
  const url = readUrl(text)
  if (typeof url === 'string') return { kind: 'MALFORMED', code: url, message: FORM_WORDS[url] }
  return findForbidden(url, terms) ?? url
}

/** Of a URL that `readUrl` took, before anything is looked up. */
export function findForbidden(url: URL, { allowPrivateTargets, targetPorts }: TargetTerms): TargetFault | null {
  if (allowPrivateTargets) return null
  const host = hostOf(url)
  if (isIP(host) !== 0 && !isPublicAddress(host)) {
    return forbidden('PRIVATE_ADDRESS', `${host} is not a public address, and only those are asked. ${PRIVATE_ALLOWED}`)
  }
  if (isIP(host) === 0 && !isPublicName(host)) {
    return forbidden('PRIVATE_NAME', `${host} is not a public name, and only those are asked. ${PRIVATE_ALLOWED}`)
  }
  const port = portOf(url)
  if (targetPorts === 'ANY' || targetPorts.includes(port)) return null
  const asked = `Port ${port} is not asked, but only ${targetPorts.join(', ')}.`
  return forbidden('UNUSUAL_PORT', `${asked} The hub and the validators take others with OVERLAPS_TARGET_PORTS.`)
}

/** Of an address that a name led to, or of a connected socket. */
export function forbidsAddress(
  address: string,
  { allowPrivateTargets }: Pick<TargetTerms, 'allowPrivateTargets'>,
): boolean {
  return !allowPrivateTargets && !isPublicAddress(address)
}

/** As resolvers and sockets take it: IPv6 without brackets. */
export function hostOf({ hostname }: Pick<URL, 'hostname'>): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/** One that can lead outside, whatever it leads to. */
export function isPublicName(host: string): boolean {
  const name = host.replace(/\.$/, '')
  const labels = name.split('.')
  if (labels.length < 2 || labels.includes('')) return false
  return !PRIVATE_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`))
}

function forbidden(code: ForbiddenTarget, message: string): TargetFault {
  return { kind: 'FORBIDDEN', code, message }
}
