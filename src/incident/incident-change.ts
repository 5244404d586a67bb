import type { IncidentEnd } from '../generated/prisma/client.js'
import type { FailureClass } from '../protocol/tick.js'
import type { RunWebsite } from './read-runs.js'
import type { SightingSummary } from './sightings.js'

/** Something that happened to an incident. Instants are Unix milliseconds. */
export type IncidentChange = {
  incidentId: string
  website: RunWebsite
  /** When it happened, as the timeline tells it. */
  at: number
  /** What validators saw in the round that did it; null when no round did. */
  seen: SightingSummary | null
} & (
  | { kind: 'OPENED'; startedAt: number; failure: FailureClass | null }
  | { kind: 'REOPENED'; failure: FailureClass | null }
  /** `closedAt` is the round whose verdict closed it; without one it is as `endedAt`. */
  | { kind: 'CLOSED'; endedAt: number; closedAt: number; end: IncidentEnd }
)
