import { validate as isUuid } from 'uuid'
import { type Incident, Prisma } from '../generated/prisma/client.js'
import { columnsOf } from '../store/columns-of.js'
import type { Sql } from '../store/store.js'

export interface LockedIncident {
  incident: Incident
  websiteId: string
}

/** An owner's incident, locked so that each change gets its own revision; null for somebody else's. */
export async function lockIncident(sql: Sql, userId: string, id: string): Promise<LockedIncident | null> {
  if (!isUuid(id)) return null
  const [row] = await sql.query<Incident & { websiteId: string }>(
    `SELECT ${columnsOf(Prisma.IncidentScalarFieldEnum, 'i')}, w.id AS "websiteId" FROM "Incident" i JOIN "Website" w ON w.no = i."websiteNo"
     WHERE i.id = $1 AND w."userId" = $2 FOR UPDATE OF i`,
    [id, userId],
  )
  if (!row) return null
  const { websiteId, ...incident } = row
  return { incident, websiteId }
}
