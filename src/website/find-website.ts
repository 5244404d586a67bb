import { validate as isUuid } from 'uuid'
import type { Website } from '../generated/prisma/client.js'
import type { Parts } from '../parts.js'

/** An owner's website; null when there is none, it is deleted or it is somebody else's. */
export async function findWebsite(
  { store }: Pick<Parts, 'store'>,
  { userId, id }: { userId: string; id: string },
): Promise<Website | null> {
  if (!isUuid(id)) return null
  return store.prisma.website.findFirst({ where: { id, userId, deletedAt: null } })
}
