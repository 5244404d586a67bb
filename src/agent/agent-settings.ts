import type { SelfDescription } from './link/sign-up.js'
import type { TargetPolicy } from './check/target-policy.js'

/** What the person who runs a validator may set, checked. `read-agent-settings.ts` reads it. */
export interface AgentSettings extends TargetPolicy {
  /** The hub's origin, see `hubOrigin`. */
  hub: string
  /** Checks at a time. */
  concurrency: number
  self: SelfDescription
  /** Where a website's owner may complain of being checked; `null` names the hub. */
  complaintsUrl: string | null
}
