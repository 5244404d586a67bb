import { Prisma, type Incident } from '../generated/prisma/client.js'
import { ownerIn } from '../graph/actor.js'
import type { GraphContext } from '../graph/context.js'

const COLUMNS = Object.values(Prisma.IncidentScalarFieldEnum)
  .map((column) => `i."${column}"`)
  .join(', ')

/** Those of the incidents that are of websites of the caller, deleted ones too. */
export async function findOwnIncidents(context: GraphContext, ids: readonly string[]): Promise<Incident[]> {
  const { userId } = ownerIn(context)
  return context.store.sql.query<Incident>(
    `SELECT ${COLUMNS} FROM "Incident" i JOIN "Website" w ON w.no = i."websiteNo"
     WHERE i.id = ANY($1::uuid[]) AND w."userId" = $2`,
    [ids, userId],
  )
}
