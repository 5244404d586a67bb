import { isIP } from 'node:net'
import { isPublicAddress } from '../protocol/public-address.js'

/** Names that never lead to the public internet: RFC 6761, RFC 6762, RFC 8375 and ICANN's reservation of `internal`. */
const PRIVATE_DOMAINS = ['localhost', 'local', 'home.arpa', 'internal']

/**
 * Why validators may not be sent to a URL, in one sentence; `null` when they may. It sees only what the URL says: what a
 * name resolves to is looked at by each validator, on the connected socket.
 * @param url a canonical one, so that every spelling of an address is in its usual form.
 */
export function targetFault(url: string): string | null {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (isIP(host) !== 0) return isPublicAddress(host) ? null : sentence(host, 'is not a public address')
  if (!host.includes('.') || PRIVATE_DOMAINS.some((domain) => host === domain || host.endsWith(`.${domain}`))) {
    return sentence(host, 'is not a public name')
  }
  return null
}

function sentence(host: string, what: string): string {
  return `${host} ${what}: strangers' validators are not sent into private networks. On a network of your own, the hub and the validators take it with OVERLAPS_ALLOW_PRIVATE_TARGETS=1.`
}
