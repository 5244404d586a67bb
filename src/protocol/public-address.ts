import { isIPv4, isIPv6 } from 'node:net'

import ipaddr from 'ipaddr.js'

/** Azure's metadata and DNS server, in public space; all other clouds' are link-local, unique local, shared or in 192.0.0.0/24. */
const AZURE_WIRE_SERVER = '168.63.129.16'
/** What is special inside it, ipaddr.js names. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')
/** RFC 6052: what a validator behind DNS64 sees in front of every IPv4 site. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')
const EMBEDDED_IPV4_OFFSET = 12

/**
 * Whether strangers may have a validator connect to it. One that carries an IPv4 address (mapped, NAT64) is judged by
 * that; 6to4, Teredo and IPv4-compatible ones are refused, for relays would carry them into private networks, and so is
 * anything but plain text (`127.1`, brackets, a zone).
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return isPublicIpv4(ipaddr.IPv4.parse(address))
  if (address.includes('%') || !isIPv6(address)) return false
  const ipv6 = ipaddr.IPv6.parse(withoutDots(address))
  if (ipv6.isIPv4MappedAddress() || ipv6.match(NAT64)) return isPublicIpv4(embeddedIpv4(ipv6))
  return ipv6.match(GLOBAL_UNICAST) && ipv6.range() === 'unicast'
}

/** ipaddr.js reads the dotted `::8.8.8.8` as the mapped one; the URL parser writes all groups as digits. */
function withoutDots(ipv6: string): string {
  return new URL(`http://[${ipv6}]`).hostname.slice(1, -1)
}

function isPublicIpv4(ipv4: ipaddr.IPv4): boolean {
  return ipv4.range() === 'unicast' && ipv4.toString() !== AZURE_WIRE_SERVER
}

function embeddedIpv4(ipv6: ipaddr.IPv6): ipaddr.IPv4 {
  return new ipaddr.IPv4(ipv6.toByteArray().slice(EMBEDDED_IPV4_OFFSET))
}
