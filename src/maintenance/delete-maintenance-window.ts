import { validate as isUuid } from 'uuid'
import type { MaintenanceWindow } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { lockWebsite } from '../website/lock-website.js'
import { describeWindow, type StandingWindow } from './find-windows.js'

export type DeleteMaintenanceWindowResult = { kind: 'deleted'; window: StandingWindow } | Refusal<'NOT_FOUND'>

/**
 * Ends a window at once and for good. Rounds that began before keep their verdicts as they are, and those of them that
 * have not been closed yet still find it, so the row stays.
 */
export async function deleteMaintenanceWindow(
  parts: Pick<Parts, 'store' | 'bus' | 'clock'>,
  { userId, id }: { userId: string; id: string },
): Promise<DeleteMaintenanceWindowResult> {
  const window = await parts.store.transaction(async (sql) => {
    if (!isUuid(id)) return null
    const [found] = await sql.query<MaintenanceWindow>(`SELECT * FROM "MaintenanceWindow" WHERE id = $1`, [id])
    if (!found || (await lockWebsite(sql, userId, found.websiteId)) === null) return null
    const now = parts.clock.now()
    const [deleted] = await sql.query<MaintenanceWindow>(
      `UPDATE "MaintenanceWindow" SET "deletedAt" = $2 WHERE id = $1 AND "deletedAt" IS NULL RETURNING *`,
      [id, new Date(now)],
    )
    return deleted ? describeWindow(deleted, now) : null
  })
  if (window === null) {
    return refuse(
      'NOT_FOUND',
      'You have no maintenance window with this id; `maintenanceWindows` lists those of a website.',
    )
  }
  parts.bus.publish('websiteChanged', { websiteId: window.websiteId, userId, cause: 'UPDATED' })
  return { kind: 'deleted', window }
}
