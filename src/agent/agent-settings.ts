import type { SelfDescription } from './sign-up.js'

/** What the person who runs a validator may set, checked. `read-agent-settings.ts` reads it. */
export interface AgentSettings {
  /** The hub's origin, see `hubOrigin`. */
  hub: string
  /** Checks at a time. */
  concurrency: number
  /** Whether websites may point into private networks: for one's own network only. */
  allowPrivateTargets: boolean
  /** Names, with everything below them, and addresses that are never asked. */
  deniedHosts: readonly string[]
  self: SelfDescription
  /** Where a website's owner may complain of being checked; `null` names the hub. */
  complaintsUrl: string | null
}
