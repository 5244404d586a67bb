import type { HubProxy } from './link/proxy/hub-proxy.js'
import type { SelfDescription } from './link/sign-up.js'
import type { TargetPolicy } from './check/target-policy.js'
import type { Beacon } from './vantage/beacon.js'

/** What an operator may set, checked. */
export interface AgentSettings extends TargetPolicy {
  hub: string
  /** On the way to the hub; never for checks. */
  proxy: HubProxy | null
  concurrency: number
  /** Asked to tell this machine's own network from the websites; none where empty. */
  beacons: readonly Beacon[]
  self: SelfDescription
  /** `null` names the hub. */
  complaintsUrl: string | null
}
