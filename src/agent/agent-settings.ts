import type { SelfDescription } from './link/sign-up.js'
import type { TargetPolicy } from './check/target-policy.js'
import type { Beacon } from './vantage/beacon.js'

/** What an operator may set, checked. */
export interface AgentSettings extends TargetPolicy {
  hub: string
  concurrency: number
  /** Asked to tell this machine's own network from the websites; none where empty. */
  beacons: readonly Beacon[]
  self: SelfDescription
  /** `null` names the hub. */
  complaintsUrl: string | null
}
