import { isIP } from 'node:net'

import ipaddr from 'ipaddr.js'

import { coveringHosts } from '../../protocol/host-name.js'
import { forbidsAddress } from '../../protocol/target-gate.js'
import type { TargetTerms } from '../../protocol/target-gate.js'

/** Where this agent lets itself be sent. What it forbids gets no answer (PROTOCOL §4). */
export interface TargetPolicy extends TargetTerms {
  /** Names with everything below them, and addresses without brackets. */
  deniedHosts: readonly string[]
  /** The hub operator's, as `hostNameOf` spells them: there may be many. */
  hubDeniedHosts?: ReadonlySet<string>
}

/** Of a URL's host, before it is looked up. */
export function deniesHost(policy: TargetPolicy, host: string): boolean {
  const ofHub = policy.hubDeniedHosts
  if (policy.deniedHosts.length === 0 && (ofHub?.size ?? 0) === 0) return false
  const name = oneSpelling(host)
  if (ofHub && ofHub.size > 0 && coveringHosts(name).some((covering) => ofHub.has(covering))) return true
  return policy.deniedHosts.some((entry) => {
    const denied = oneSpelling(entry)
    return name === denied || name.endsWith(`.${denied}`)
  })
}

/** Of an address that a name led to, or of a connected socket. */
export function deniesAddress(policy: TargetPolicy, address: string): boolean {
  if (forbidsAddress(address, policy)) return true
  return deniesHost(policy, address)
}

/** Without an absolute name's dot; addresses in their shortest form, an IPv4-mapped one as IPv4. */
function oneSpelling(host: string): string {
  if (isIP(host) === 0) return host.toLowerCase().replace(/\.$/, '')
  return ipaddr.process(host.replace(/%.*$/, '')).toString()
}
