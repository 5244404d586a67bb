import { recordChange } from '../audit/record-change.js'
import type { Incident, IncidentEvent } from '../generated/prisma/client.js'
import type { OwnerActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { lockIncident } from './lock-incident.js'
import { incidentNotFound } from './not-found.js'
import { noteFault } from './note-fault.js'
import { timelineId } from './timeline-id.js'

export const NOTES_MAX = 200

export interface NewNote {
  id: string
  note: string
}

export type AddIncidentNoteResult =
  | { kind: 'added'; incident: Incident; entry: IncidentEvent }
  | Refusal<'NOT_FOUND' | 'INVALID_NOTE' | 'TOO_MANY_NOTES'>

/** Adds an owner's note to an incident's timeline, open or closed. It can never be changed. */
export async function addIncidentNote(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  actor: OwnerActor,
  { id, note }: NewNote,
): Promise<AddIncidentNoteResult> {
  const fault = noteFault(note)
  if (fault !== null) return refuse('INVALID_NOTE', fault, 'note')
  const { userId } = actor
  const outcome = await store.change(async ({ sql, prisma }) => {
    const locked = await lockIncident(sql, userId, id)
    if (locked === null) return incidentNotFound()
    if ((await prisma.incidentEvent.count({ where: { incidentId: id, kind: 'NOTE' } })) >= NOTES_MAX) {
      return refuse('TOO_MANY_NOTES', `This incident has ${NOTES_MAX} notes already; it takes no more.`)
    }
    const now = clock.now()
    const entry = await prisma.incidentEvent.create({
      data: {
        id: timelineId(now, null),
        incidentId: id,
        at: new Date(now),
        kind: 'NOTE',
        userId,
        note: note.trim(),
      },
    })
    const incident = await prisma.incident.update({ where: { id }, data: { revision: { increment: 1 } } })
    await recordChange(sql, actor, { at: now, action: 'addIncidentNote', subject: ['Incident', id] })
    return { kind: 'added' as const, incident, entry, websiteId: locked.websiteId }
  })
  if (outcome.kind === 'refused') return outcome
  const { websiteId, ...added } = outcome
  bus.publish('incidentChanged', { incidentId: id, websiteId, userId })
  return added
}
