import type { Store } from '../store/store.js'
import type { ChangedIncident } from './end-stopped.js'
import { firstIdAt } from './timeline-id.js'

/** What the closing of a round changed, on whichever hub. Ids begin with the time of writing: older ones are skipped. */
export async function findChangedIncidents({ sql }: Pick<Store, 'sql'>, roundAt: number): Promise<ChangedIncident[]> {
  return sql.query<ChangedIncident>(
    `SELECT e."incidentId", w.id AS "websiteId", w."userId"
     FROM "IncidentEvent" e JOIN "Incident" i ON i.id = e."incidentId" JOIN "Website" w ON w.no = i."websiteNo"
     WHERE e.id >= $1::uuid AND e."roundAt" = $2::timestamptz ORDER BY e.id`,
    [firstIdAt(roundAt), new Date(roundAt)],
  )
}
