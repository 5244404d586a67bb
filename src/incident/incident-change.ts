import type { IncidentEnd } from '../generated/prisma/client.js'
import type { FailureClass } from '../protocol/tick.js'
import type { RunWebsite } from './read-runs.js'
import type { SightingSummary } from './sightings.js'

/** Something that happened to an incident. Instants are Unix milliseconds. */
export type IncidentChange = {
  incidentId: string
  website: RunWebsite
  at: number
  /** Null when no round did it. */
  seen: SightingSummary | null
} & (
  | { kind: 'OPENED'; startedAt: number; failure: FailureClass | null }
  | { kind: 'REOPENED'; failure: FailureClass | null }
  /** `closedAt` is the round that closed it; without one it equals `endedAt`. */
  | { kind: 'CLOSED'; endedAt: number; closedAt: number; end: IncidentEnd }
)
