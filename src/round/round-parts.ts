import type { Parts } from '../parts.js'
import type { SessionRegistry } from '../session/session-registry.js'

export type RoundParts = Pick<Parts, 'store' | 'keys' | 'settings' | 'bus' | 'clock' | 'log'> & {
  sessions: SessionRegistry
  /** Tells this hub's part of a roster from another's. */
  hubId: string
}
