import { validate as isUuid } from 'uuid'
import { type Incident, Prisma } from '../generated/prisma/client.js'
import { columnsOf } from '../store/columns-of.js'
import type { Store } from '../store/store.js'

/** An owner's incident; null when there is none or it is somebody else's. */
export async function findIncident(
  { prisma }: Pick<Store, 'prisma'>,
  { userId, id }: { userId: string; id: string },
): Promise<Incident | null> {
  return isUuid(id) ? prisma.incident.findFirst({ where: { id, website: { userId } } }) : null
}

/** The open incident of each website or null, in the order of `websiteNos`. */
export async function findOpenIncidents(
  { sql }: Pick<Store, 'sql'>,
  websiteNos: readonly number[],
): Promise<(Incident | null)[]> {
  const incidents = await sql.query<Incident>(
    `SELECT ${columnsOf(Prisma.IncidentScalarFieldEnum, 'i')} FROM "WebsiteRun" r JOIN "Incident" i ON i.id = r."openIncidentId"
     WHERE r."websiteNo" = ANY($1::int[])`,
    [[...new Set(websiteNos)]],
  )
  const openOf = new Map(incidents.map((incident) => [incident.websiteNo, incident]))
  return websiteNos.map((no) => openOf.get(no) ?? null)
}
