import { isIP } from 'node:net'

import ipaddr from 'ipaddr.js'

import { URL_LENGTH_MAX } from './limits.js'
import { parseUrl } from './parse-url.js'

const NAME_LENGTH_MAX = 253

/** One spelling for each machine: the WHATWG parser's, without port, brackets and final dot, an IPv4-mapped address as IPv4. */
export function hostNameOf({ hostname }: Pick<URL, 'hostname'>): string {
  const host = hostname.replace(/^\[|\]$/g, '')
  return isIP(host) === 0 ? host.replace(/\.$/, '') : ipaddr.process(host).toString()
}

/** `null` for anything but a bare name or address. */
export function readHostName(text: string): string | null {
  const host = isIP(text) === 6 ? `[${text}]` : text
  // Subdomains are covered anyway; a star would mean nothing.
  if (text.length > URL_LENGTH_MAX || /[\s/\\?#@%*]/.test(host)) return null
  const url = parseUrl(`http://${host}/`)
  if (url === null) return null
  // A default port leaves no trace in the URL.
  if (url.port !== '' || /:\d*$/.test(host)) return null
  const name = hostNameOf(url)
  if (isIP(name) !== 0) return name
  return name.length <= NAME_LENGTH_MAX && !name.split('.').includes('') ? name : null
}

/** Itself and, of a name, each domain that it lies in. */
export function coveringHosts(host: string): string[] {
  if (isIP(host) !== 0) return [host]
  const labels = host.split('.')
  return labels.map((_label, index) => labels.slice(index).join('.'))
}
