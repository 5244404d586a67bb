import { isIP } from 'node:net'

import ipaddr from 'ipaddr.js'

import { URL_LENGTH_MAX } from './limits.js'
import { parseUrl } from './parse-url.js'

/** RFC 1035: characters of a whole name. */
const NAME_LENGTH_MAX = 253

/**
 * The host of a URL as budgets and deny-lists know it, one spelling for each machine: what the WHATWG parser makes of it
 * (lower case, punycode, addresses in their usual form), without port, without the dot of absolute names, an IPv6
 * address without brackets and an IPv4-mapped one as the IPv4 address that it reaches.
 */
export function hostNameOf({ hostname }: Pick<URL, 'hostname'>): string {
  const host = hostname.replace(/^\[|\]$/g, '')
  return isIP(host) === 0 ? host.replace(/\.$/, '') : ipaddr.process(host).toString()
}

/** The host that a person has written, in the spelling of `hostNameOf`; `null` for anything but a bare name or address. */
export function readHostName(text: string): string | null {
  const host = isIP(text) === 6 ? `[${text}]` : text
  // Subdomains are covered anyway; a star would stand for nothing.
  if (text.length > URL_LENGTH_MAX || /[\s/\\?#@%*]/.test(host)) return null
  const url = parseUrl(`http://${host}/`)
  if (url === null) return null
  // A default port leaves no trace in the URL.
  if (url.port !== '' || /:\d*$/.test(host)) return null
  const name = hostNameOf(url)
  if (isIP(name) !== 0) return name
  return name.length <= NAME_LENGTH_MAX && !name.split('.').includes('') ? name : null
}

/** What covers a host on a deny-list: itself and, of a name, each domain that it lies in. */
export function coveringHosts(host: string): string[] {
  if (isIP(host) !== 0) return [host]
  const labels = host.split('.')
  return labels.map((_label, index) => labels.slice(index).join('.'))
}
