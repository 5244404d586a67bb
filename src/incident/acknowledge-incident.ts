import type { Incident } from '../generated/prisma/client.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { lockIncident } from './lock-incident.js'
import { incidentNotFound } from './not-found.js'
import { timelineId } from './timeline-id.js'

export type AcknowledgeIncidentResult = { kind: 'acknowledged'; incident: Incident } | Refusal<'NOT_FOUND'>

/** Says that somebody has seen an incident, open or closed. The first time counts; again changes nothing. */
export async function acknowledgeIncident(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  { userId, incidentId }: { userId: string; incidentId: string },
): Promise<AcknowledgeIncidentResult> {
  const outcome = await store.transaction(async (sql) => {
    const locked = await lockIncident(sql, userId, incidentId)
    if (locked === null) return null
    if (locked.incident.acknowledgedAt !== null) return { ...locked, changed: false }
    const now = clock.now()
    await sql.query(
      `INSERT INTO "IncidentEvent" (id, "incidentId", at, kind, "userId") VALUES ($1, $2, $3, 'ACKNOWLEDGED', $4)`,
      [timelineId(now, null), incidentId, new Date(now), userId],
    )
    const [incident] = await sql.query<Incident>(
      `UPDATE "Incident" SET "acknowledgedAt" = $2, "acknowledgedBy" = $3, revision = revision + 1
       WHERE id = $1 RETURNING *`,
      [incidentId, new Date(now), userId],
    )
    if (!incident) throw new Error('a locked incident is gone')
    return { incident, websiteId: locked.websiteId, changed: true }
  })
  if (outcome === null) return incidentNotFound()
  const { incident, websiteId, changed } = outcome
  if (changed) bus.publish('incidentChanged', { incidentId: incident.id, websiteId, userId })
  return { kind: 'acknowledged', incident }
}
