import { isIP } from 'node:net'

import ipaddr from 'ipaddr.js'

import { coveringHosts } from '../../protocol/host-name.js'
import { forbidsAddress } from '../../protocol/target-gate.js'
import type { TargetTerms } from '../../protocol/target-gate.js'

/** Where this agent lets itself be sent. What it forbids gets no answer at all (PROTOCOL §4). */
export interface TargetPolicy extends TargetTerms {
  /** Names, with everything below them, and addresses without brackets: `example.com`, `203.0.113.7`, `2001:db8::1`. */
  deniedHosts: readonly string[]
  /** The same of the hub's operator, as `hostNameOf` spells them: there may be many. */
  hubDeniedHosts?: ReadonlySet<string>
}

/** Whether the policy forbids a URL's host, a name or an address without brackets, before anything is looked up. */
export function deniesHost(policy: TargetPolicy, host: string): boolean {
  const name = oneSpelling(host)
  const ofHub = policy.hubDeniedHosts
  if (ofHub && ofHub.size > 0 && coveringHosts(name).some((covering) => ofHub.has(covering))) return true
  return policy.deniedHosts.some((entry) => {
    const denied = oneSpelling(entry)
    return name === denied || name.endsWith(`.${denied}`)
  })
}

/** Whether the policy forbids an address that a name led to, or that a socket is connected to. */
export function deniesAddress(policy: TargetPolicy, address: string): boolean {
  if (forbidsAddress(address, policy)) return true
  return deniesHost(policy, address)
}

/** Names without the dot of absolute ones; addresses in their shortest form, an IPv4-mapped one as the IPv4 address that it reaches. */
function oneSpelling(host: string): string {
  if (isIP(host) === 0) return host.toLowerCase().replace(/\.$/, '')
  return ipaddr.process(host.replace(/%.*$/, '')).toString()
}
