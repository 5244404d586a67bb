import ipaddr from 'ipaddr.js'
import { isPublicAddress } from '../protocol/public-address.js'

/** Prefix lengths by which public addresses count as one network: what one customer commonly gets. */
const IPV4_PREFIX_BITS = 24
const IPV6_PREFIX_BITS = 48

/** What stands before the key where that is all there is to tell one from another. */
const OF_ITS_OWN = 'key:'

/**
 * The network that a validator was seen in: a public address's /24 or /48. A loopback, private or CGNAT address says
 * nothing of where it is, so there each key is a network of its own.
 */
export function networkOf(address: string, publicKey: string): string {
  if (!isPublicAddress(address)) return `${OF_ITS_OWN}${publicKey}`
  const parsed = ipaddr.process(address)
  return parsed.kind() === 'ipv4'
    ? `${ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toString()}/${IPV4_PREFIX_BITS}`).toString()}/${IPV4_PREFIX_BITS}`
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${IPV6_PREFIX_BITS}`).toString()}/${IPV6_PREFIX_BITS}`
}

/** Whether others may be in that network too. */
export function isShared(network: string): boolean {
  return !network.startsWith(OF_ITS_OWN)
}
