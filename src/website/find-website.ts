import { validate as isUuid } from 'uuid'
import { Prisma, type Website } from '../generated/prisma/client.js'
import type { Parts } from '../parts.js'
import { columnsOf } from '../store/columns-of.js'

/** An owner's website; null when there is none, it is deleted or it is somebody else's. */
export async function findWebsite(
  { store }: Pick<Parts, 'store'>,
  { userId, id }: { userId: string; id: string },
): Promise<Website | null> {
  if (!isUuid(id)) return null
  const [found] = await store.sql.query<Website>(
    `SELECT ${columnsOf(Prisma.WebsiteScalarFieldEnum)} FROM "Website" WHERE id = $1 AND "userId" = $2 AND "deletedAt" IS NULL`,
    [id, userId],
    'KEPT',
  )
  return found ?? null
}
