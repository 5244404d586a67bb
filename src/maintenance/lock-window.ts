import { validate as isUuid } from 'uuid'
import type { MaintenanceWindow } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Faces } from '../store/store.js'
import { lockWebsite } from '../website/lock-website.js'

/** An owner's window, with its website locked until the transaction ends; null for one that is deleted or somebody else's. */
export async function lockWindow(
  { sql, prisma }: Faces,
  userId: string,
  id: string,
): Promise<MaintenanceWindow | null> {
  if (!isUuid(id)) return null
  const found = await prisma.maintenanceWindow.findUnique({ where: { id }, select: { websiteId: true } })
  if (found === null || (await lockWebsite(sql, userId, found.websiteId)) === null) return null
  // Read again under the lock: another change may have come first.
  return prisma.maintenanceWindow.findUnique({ where: { id, deletedAt: null } })
}

export function windowNotFound(): Refusal<'NOT_FOUND'> {
  const message = 'You have no maintenance window with this id; `maintenanceWindows` lists those of a website.'
  return refuse('NOT_FOUND', message, 'id')
}
