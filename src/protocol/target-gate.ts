import { isIP } from 'node:net'

import { URL_LENGTH_MAX } from './limits.js'
import { isPublicAddress } from './public-address.js'
import { portOf } from './target-ports.js'
import type { TargetPorts } from './target-ports.js'
import { readUrl } from './text-forms.js'
import type { UrlFault } from './text-forms.js'

/**
 * The one gate for where strangers' URLs may lead: the hub asks it when a website or a webhook is made, the agent before
 * it looks a name up, of each address found, and of the connected socket, on every redirect.
 */

/** What an operator has set. The same words hold on the hub and on the validators. */
export interface TargetTerms {
  /** For one's own network only. It frees the ports as well: what runs in it is its owner's to know. */
  allowPrivateTargets: boolean
  /** Where private targets are not allowed, the ports that may be asked. */
  targetPorts: TargetPorts
}

export type ForbiddenTarget = 'PRIVATE_NAME' | 'PRIVATE_ADDRESS' | 'UNUSUAL_PORT'

/** Why a URL is not taken. */
export interface TargetFault {
  /** Whether it is no URL of a website at all, or one that the operator's terms forbid. */
  kind: 'MALFORMED' | 'FORBIDDEN'
  code: UrlFault | ForbiddenTarget
  /** One sentence or two, with what to do about it. */
  message: string
}

/**
 * Names that lead, if anywhere, into a network of somebody's own: RFC 6761 (localhost, test), RFC 6762 (local, and those
 * of its appendix G), RFC 8375 (home.arpa), ICANN's reservation of `internal`, and what resolvers make of bare names.
 */
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

/** A URL that may be asked, parsed and normalised, or why not. What a name leads to shows on the socket only: `forbidsAddress`. */
export function readTarget(text: string, terms: TargetTerms): URL | TargetFault {
  const url = readUrl(text)
  if (typeof url === 'string') return { kind: 'MALFORMED', code: url, message: FORM_WORDS[url] }
  return findForbidden(url, terms) ?? url
}

/** Why the terms forbid a URL that `readUrl` took, before anything is looked up; `null` when they do not. */
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

/** Whether the terms forbid an address that a name led to, or that a socket is connected to. */
export function forbidsAddress(
  address: string,
  { allowPrivateTargets }: Pick<TargetTerms, 'allowPrivateTargets'>,
): boolean {
  return !allowPrivateTargets && !isPublicAddress(address)
}

/** A URL's host as resolvers and sockets take it: an IPv6 address without its brackets. */
export function hostOf({ hostname }: Pick<URL, 'hostname'>): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/** Two labels at least, none of them empty, and not below a domain that is no public one. */
function isPublicName(host: string): boolean {
  const name = host.replace(/\.$/, '')
  const labels = name.split('.')
  if (labels.length < 2 || labels.includes('')) return false
  return !PRIVATE_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`))
}

function forbidden(code: ForbiddenTarget, message: string): TargetFault {
  return { kind: 'FORBIDDEN', code, message }
}
