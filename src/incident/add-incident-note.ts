import type { Incident, IncidentEvent } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { lockIncident } from './lock-incident.js'
import { incidentNotFound } from './not-found.js'
import { noteFault } from './note-fault.js'
import { timelineId } from './timeline-id.js'

export interface NewNote {
  userId: string
  incidentId: string
  note: string
}

export type AddIncidentNoteResult =
  | { kind: 'added'; incident: Incident; entry: IncidentEvent }
  | Refusal<'NOT_FOUND' | 'INVALID_NOTE'>

/** Writes an owner's words into an incident's timeline, open or closed. They cannot be changed afterwards. */
export async function addIncidentNote(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  { userId, incidentId, note }: NewNote,
): Promise<AddIncidentNoteResult> {
  const fault = noteFault(note)
  if (fault !== null) return refuse('INVALID_NOTE', fault)
  const added = await store.transaction(async (sql) => {
    const locked = await lockIncident(sql, userId, incidentId)
    if (locked === null) return null
    const now = clock.now()
    const [entry] = await sql.query<IncidentEvent>(
      `INSERT INTO "IncidentEvent" (id, "incidentId", at, kind, "userId", note)
       VALUES ($1, $2, $3, 'NOTE', $4, $5) RETURNING *`,
      [timelineId(now, null), incidentId, new Date(now), userId, note.trim()],
    )
    if (!entry) throw new Error('an insert returned no entry')
    await sql.query(`UPDATE "Incident" SET revision = revision + 1 WHERE id = $1`, [incidentId])
    return { ...locked, entry }
  })
  if (added === null) return incidentNotFound()
  const { incident, websiteId, entry } = added
  bus.publish('incidentChanged', { incidentId: incident.id, websiteId, userId })
  return { kind: 'added', incident: { ...incident, revision: incident.revision + 1 }, entry }
}
