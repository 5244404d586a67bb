import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

import { hostOf } from '../../../protocol/target-gate.js'
import { portOf } from '../../../protocol/target-ports.js'

/** Whether NO_PROXY names this host, read as curl does: names with their subdomains, addresses, blocks, ports, `*` for all. */
export function isExempt(url: URL, list: string): boolean {
  const host = plainName(hostOf(url))
  const entries = list.split(/[\s,]+/).filter((entry) => entry !== '')
  return entries.some((entry) => entry === '*' || covers(entry.toLowerCase(), host, portOf(url)))
}

function covers(entry: string, host: string, port: number): boolean {
  const { name, port: only } = splitPort(entry)
  if (only !== null && only !== port) return false
  return isIP(host) === 0 ? coversName(plainName(name), host) : coversAddress(name, host)
}

function splitPort(entry: string): { name: string; port: number | null } {
  const [, bracketed, bare, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? []
  // An IPv6 address without brackets has no port.
  return { name: bracketed ?? bare ?? entry, port: port === undefined ? null : Number(port) }
}

/** Without the dot of an absolute name, and the one or `*.` that some write before a domain. */
function plainName(name: string): string {
  return name.replace(/^(\*?\.)/, '').replace(/\.$/, '')
}

function coversName(name: string, host: string): boolean {
  return name !== '' && (host === name || host.endsWith(`.${name}`))
}

function coversAddress(name: string, host: string): boolean {
  const address = ipaddr.process(host)
  if (ipaddr.isValidCIDR(name)) {
    const [network, bits] = ipaddr.parseCIDR(name)
    return network.kind() === address.kind() && address.match([network, bits] as never)
  }
  return isIP(name) !== 0 && ipaddr.process(name).toString() === address.toString()
}
