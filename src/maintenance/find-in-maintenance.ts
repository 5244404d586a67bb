import type { Sql } from '../store/store.js'
import { isInWindow } from './window-rule.js'
import { minuteOf, READING_MARGIN_MS, timesOf, type WindowColumns } from './window-times.js'
import { rememberClocks } from './zone-clock.js'

/**
 * The ids of the websites whose round at `roundAt` is in a maintenance window. The answer is the same whenever it is asked:
 * windows made or changed after that instant do not count, and those deleted or changed after it still do.
 */
export async function findInMaintenance(
  sql: Sql,
  roundAt: number,
  websiteIds?: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await sql.query<WindowColumns & { websiteId: string }>(
    `SELECT m."websiteId", m.kind::text, m."timeZone", m."startsAt", m."endsAt", m.weekdays, m."startTime", m."endTime"
     FROM "MaintenanceWindow" m JOIN "Website" w ON w.id = m."websiteId"
     WHERE coalesce(m."changedAt", m."createdAt") <= $1 AND (m."deletedAt" IS NULL OR m."deletedAt" > $1)
       AND (w."deletedAt" IS NULL OR w."deletedAt" > $1)
       AND (m.kind = 'WEEKLY' OR (m."startsAt" COLLATE "C" <= $2 AND m."endsAt" COLLATE "C" >= $3))
       ${websiteIds ? `AND m."websiteId" = ANY($4::uuid[])` : ''}`,
    [
      new Date(roundAt),
      minuteOf(roundAt + READING_MARGIN_MS),
      minuteOf(roundAt - READING_MARGIN_MS),
      ...(websiteIds ? [websiteIds] : []),
    ],
  )
  const readClock = rememberClocks()
  const found = rows.filter((row) => isInWindow(timesOf(row), roundAt, readClock))
  return new Set(found.map(({ websiteId }) => websiteId))
}
