import { type Incident, Prisma } from '../generated/prisma/client.js'
import { columnsOf } from '../store/columns-of.js'
import type { Sql } from '../store/store.js'
import { enqueueDeliveries } from '../notice/enqueue-deliveries.js'
import type { IncidentChange } from './incident-change.js'
import { timelineId } from './timeline-id.js'
import { incidentNotice } from './incident-notice.js'

/** When, and by the closing of which round, if any. */
export interface Writing {
  writtenAt: number
  roundAt: number | null
}

const OPEN = `
INSERT INTO "Incident" (id, "websiteNo", "startedAt", "openedAt", failure)
SELECT id, no, to_timestamp(started_ms / 1000.0), $5::timestamptz, failure::"FailureClass"
FROM unnest($1::uuid[], $2::int[], $3::bigint[], $4::text[]) AS u(id, no, started_ms, failure)
RETURNING ${columnsOf(Prisma.IncidentScalarFieldEnum)}`

/** Without an end the incident is open again. */
const REOPEN_OR_CLOSE = `
UPDATE "Incident" i SET "endedAt" = to_timestamp(u.ended_ms / 1000.0), "closedAt" = to_timestamp(u.closed_ms / 1000.0),
  "end" = u.ended::"IncidentEnd", "reopenedCount" = i."reopenedCount" + CASE WHEN u.ended IS NULL THEN 1 ELSE 0 END,
  revision = i.revision + 1
FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[]) AS u(id, ended_ms, closed_ms, ended)
WHERE i.id = u.id
RETURNING ${columnsOf(Prisma.IncidentScalarFieldEnum, 'i')}`

const ENTER = `
INSERT INTO "IncidentEvent" (id, "incidentId", at, kind, "roundAt", failure, sightings)
SELECT id, incident_id, to_timestamp(at_ms / 1000.0), kind::"IncidentEventKind", $7::timestamptz,
  failure::"FailureClass", sightings::jsonb
FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[])
  AS u(id, incident_id, at_ms, kind, failure, sightings)`

/** Writes changes, at most one an incident, into timelines and the outbox. */
export async function writeChanges(sql: Sql, changes: readonly IncidentChange[], writing: Writing): Promise<void> {
  if (changes.length === 0) return
  const incidents = new Map([...(await open(sql, changes, writing)), ...(await reopenOrClose(sql, changes))])
  await enter(sql, changes, writing)
  const notices = changes.map((change) => incidentNotice(change, incidentOf(incidents, change), writing.roundAt))
  await enqueueDeliveries(sql, notices, writing.writtenAt)
}

function incidentOf(incidents: ReadonlyMap<string, Incident>, { incidentId }: IncidentChange): Incident {
  const incident = incidents.get(incidentId)
  if (!incident) throw new Error(`the incident ${incidentId} is gone`)
  return incident
}

async function open(sql: Sql, changes: readonly IncidentChange[], { roundAt }: Writing): Promise<[string, Incident][]> {
  const opened = changes.filter((change) => change.kind === 'OPENED')
  if (opened.length === 0 || roundAt === null) return []
  const incidents = await sql.query<Incident>(OPEN, [
    opened.map(({ incidentId }) => incidentId),
    opened.map(({ website }) => website.no),
    opened.map(({ startedAt }) => startedAt),
    opened.map(({ failure }) => failure),
    new Date(roundAt),
  ])
  return incidents.map((incident) => [incident.id, incident])
}

async function reopenOrClose(sql: Sql, changes: readonly IncidentChange[]): Promise<[string, Incident][]> {
  const others = changes.filter((change) => change.kind !== 'OPENED')
  if (others.length === 0) return []
  const incidents = await sql.query<Incident>(REOPEN_OR_CLOSE, [
    others.map(({ incidentId }) => incidentId),
    others.map((change) => (change.kind === 'CLOSED' ? change.endedAt : null)),
    others.map((change) => (change.kind === 'CLOSED' ? change.closedAt : null)),
    others.map((change) => (change.kind === 'CLOSED' ? change.end : null)),
  ])
  return incidents.map((incident) => [incident.id, incident])
}

async function enter(sql: Sql, changes: readonly IncidentChange[], { writtenAt, roundAt }: Writing): Promise<void> {
  await sql.query(ENTER, [
    changes.map(() => timelineId(writtenAt, roundAt)),
    changes.map(({ incidentId }) => incidentId),
    changes.map(({ at }) => at),
    changes.map(({ kind }) => kind),
    changes.map((change) => (change.kind === 'CLOSED' ? null : change.failure)),
    changes.map(({ seen }) => seen?.packed ?? null),
    roundAt === null ? null : new Date(roundAt),
  ])
}
