import type { Incident } from '../generated/prisma/client.js'
import type { Notice } from '../notice/enqueue-deliveries.js'
import type { SightingSummary } from './sightings.js'
import type { IncidentChange } from './incident-change.js'

const EVENTS = {
  OPENED: 'incident.opened',
  REOPENED: 'incident.reopened',
  CLOSED: 'incident.closed',
} as const satisfies Record<IncidentChange['kind'], Notice['event']>

/** The notice of a change, as docs/owners.md describes it; `incident` is as after the change. */
export function incidentNotice(
  { kind, website, seen }: IncidentChange,
  incident: Incident,
  roundAt: number | null,
): Notice {
  return {
    userId: website.userId,
    websiteId: website.id,
    event: EVENTS[kind],
    data: {
      incidentId: incident.id,
      revision: incident.revision,
      website: { id: website.id, name: website.name, url: website.url },
      startedAt: incident.startedAt.toISOString(),
      openedAt: incident.openedAt.toISOString(),
      endedAt: incident.endedAt?.toISOString() ?? null,
      end: incident.end,
      reopenedCount: incident.reopenedCount,
      failure: incident.failure,
      verdict: seen === null || roundAt === null ? null : countsOf(seen, roundAt),
    },
  }
}

function countsOf({ goodCount, badCount, setAsideCount }: SightingSummary, roundAt: number) {
  return { roundAt: new Date(roundAt).toISOString(), good: goodCount, bad: badCount, setAside: setAsideCount }
}
