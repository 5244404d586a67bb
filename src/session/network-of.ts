import ipaddr from 'ipaddr.js'
import { isPublicAddress } from '../protocol/public-address.js'

/** Prefix lengths by which public addresses count as one network: what one customer commonly gets. */
const IPV4_PREFIX_BITS = 24
const IPV6_PREFIX_BITS = 48

/**
 * The network that a session was seen in: a public address's /24 or /48. A loopback, private or CGNAT address says
 * nothing of where it is, so there each key is a network of its own.
 */
export function networkOf(address: string, publicKey: string): string {
  if (!isPublicAddress(address)) return `key:${publicKey}`
  const parsed = ipaddr.process(address)
  return parsed.kind() === 'ipv4'
    ? `${ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toString()}/${IPV4_PREFIX_BITS}`).toString()}/${IPV4_PREFIX_BITS}`
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${IPV6_PREFIX_BITS}`).toString()}/${IPV6_PREFIX_BITS}`
}
