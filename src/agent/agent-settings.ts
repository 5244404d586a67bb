import type { SelfDescription } from './link/sign-up.js'
import type { TargetPolicy } from './check/target-policy.js'

/** What an operator may set, checked. */
export interface AgentSettings extends TargetPolicy {
  hub: string
  concurrency: number
  self: SelfDescription
  /** `null` names the hub. */
  complaintsUrl: string | null
}
