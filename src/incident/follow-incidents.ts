import type { Incident } from '../generated/prisma/client.js'
import { EventStream } from '../graph/event-stream.js'
import type { Parts } from '../parts.js'
import { findIncident } from './find-incident.js'
import { listIncidents } from './list-incidents.js'

const PAGE_SIZE = 100
/** More than change between two reads of a peer that reads at all. */
export const PENDING_MAX = 10_000

export interface IncidentNews {
  cause: 'CURRENT' | 'CHANGED'
  incident: Incident
}

/** An owner's open incidents, oldest first, then each incident whenever it changes. */
export function followIncidents(
  { store, bus }: Pick<Parts, 'store' | 'bus'>,
  userId: string,
): EventStream<'CHANGED', IncidentNews> {
  let newerThan: string | null = null
  return new EventStream<'CHANGED', IncidentNews>({
    pendingMax: PENDING_MAX,
    listen: (hear) =>
      bus.subscribe('incidentChanged', (change) => {
        if (change.userId === userId) hear(change.incidentId, 'CHANGED')
      }),
    readPage: async () => {
      const page = {
        userId,
        state: 'OPEN',
        olderThan: null,
        newerThan,
        limit: PAGE_SIZE,
        order: 'oldestFirst',
      } as const
      const incidents = await listIncidents(store, page)
      newerThan = incidents.at(-1)?.id ?? newerThan
      return incidents.map((incident) => ({ cause: 'CURRENT', incident }))
    },
    merge: () => 'CHANGED',
    readChange: async (id, cause) => {
      const incident = await findIncident(store, { userId, id })
      return incident && { cause, incident }
    },
  })
}
