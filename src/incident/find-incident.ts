import { validate as isUuid } from 'uuid'
import type { Incident } from '../generated/prisma/client.js'
import type { Store } from '../store/store.js'

/** An owner's incident; null when there is none or it is somebody else's. */
export async function findIncident(
  { sql }: Pick<Store, 'sql'>,
  { userId, id }: { userId: string; id: string },
): Promise<Incident | null> {
  if (!isUuid(id)) return null
  const [incident] = await sql.query<Incident>(
    `SELECT i.* FROM "Incident" i JOIN "Website" w ON w.no = i."websiteNo" WHERE i.id = $1 AND w."userId" = $2`,
    [id, userId],
  )
  return incident ?? null
}

/** Of each website its open incident or null, in the order of `websiteNos`: one statement for any number of them. */
export async function findOpenIncidents(
  { sql }: Pick<Store, 'sql'>,
  websiteNos: readonly number[],
): Promise<(Incident | null)[]> {
  const incidents = await sql.query<Incident>(
    `SELECT i.* FROM "WebsiteRun" r JOIN "Incident" i ON i.id = r."openIncidentId"
     WHERE r."websiteNo" = ANY($1::int[])`,
    [[...new Set(websiteNos)]],
  )
  const openOf = new Map(incidents.map((incident) => [incident.websiteNo, incident]))
  return websiteNos.map((no) => openOf.get(no) ?? null)
}
