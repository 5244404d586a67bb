import { recordChange } from '../audit/record-change.js'
import type { Incident } from '../generated/prisma/client.js'
import type { OwnerActor } from '../graph/actor.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { lockIncident } from './lock-incident.js'
import { incidentNotFound } from './not-found.js'
import { timelineId } from './timeline-id.js'

export type AcknowledgeIncidentResult = { kind: 'acknowledged'; incident: Incident } | Refusal<'NOT_FOUND'>

/** Marks an incident as seen, open or closed. Only the first time counts. */
export async function acknowledgeIncident(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  actor: OwnerActor,
  id: string,
): Promise<AcknowledgeIncidentResult> {
  const { userId } = actor
  const outcome = await store.change(async ({ sql, prisma }) => {
    const locked = await lockIncident(sql, userId, id)
    if (locked === null) return null
    if (locked.incident.acknowledgedAt !== null) return { ...locked, changed: false }
    const now = clock.now()
    const at = new Date(now)
    const incident = await prisma.incident.update({
      where: { id },
      data: {
        acknowledgedAt: at,
        acknowledgedBy: userId,
        revision: { increment: 1 },
        events: { create: { id: timelineId(now, null), at, kind: 'ACKNOWLEDGED', userId } },
      },
    })
    await recordChange(sql, actor, { at: now, action: 'acknowledgeIncident', subject: ['Incident', id] })
    return { incident, websiteId: locked.websiteId, changed: true }
  })
  if (outcome === null) return incidentNotFound()
  const { incident, websiteId, changed } = outcome
  if (changed) bus.publish('incidentChanged', { incidentId: id, websiteId, userId })
  return { kind: 'acknowledged', incident }
}
