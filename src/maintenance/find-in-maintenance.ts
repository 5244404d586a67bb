import type { Sql } from '../store/store.js'
import { clockAround, isInWindow } from './window-rule.js'
import { timesOf, type WindowColumns } from './window-times.js'
import type { ZoneClock } from './zone-clock.js'

/** No clock is further from UTC, and no change of one is larger: a one-off that is out by more is out of the question. */
const MARGIN_MS = 3 * 86_400_000

/**
 * The ids of the websites whose round at an instant lies in one of their maintenance windows. It is the same whenever it
 * is asked: windows made after the instant do not count, and those deleted after it still do.
 * @param roundAt in Unix milliseconds.
 */
export async function findInMaintenance(sql: Sql, roundAt: number): Promise<ReadonlySet<string>> {
  const rows = await sql.query<WindowColumns & { websiteId: string }>(
    `SELECT m."websiteId", m.kind::text, m."timeZone", m."startsAt", m."endsAt", m.weekdays, m."startTime", m."endTime"
     FROM "MaintenanceWindow" m JOIN "Website" w ON w.id = m."websiteId"
     WHERE m."createdAt" <= $1 AND (m."deletedAt" IS NULL OR m."deletedAt" > $1)
       AND (w."deletedAt" IS NULL OR w."deletedAt" > $1)
       AND (m.kind = 'WEEKLY' OR (m."startsAt" COLLATE "C" <= $2 AND m."endsAt" COLLATE "C" >= $3))`,
    [new Date(roundAt), minuteOf(roundAt + MARGIN_MS), minuteOf(roundAt - MARGIN_MS)],
  )
  const clocks = new Map<string, ZoneClock | null>()
  const found = new Set<string>()
  for (const row of rows) {
    if (found.has(row.websiteId)) continue
    if (!clocks.has(row.timeZone)) clocks.set(row.timeZone, tryClock(row.timeZone, roundAt))
    const clock = clocks.get(row.timeZone)
    if (clock && isInWindow(timesOf(row), roundAt, clock)) found.add(row.websiteId)
  }
  return found
}

/** A zone that the machine knew when the window was made and knows no more must not keep rounds from closing. */
function tryClock(timeZone: string, instant: number): ZoneClock | null {
  try {
    return clockAround(timeZone, instant)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function minuteOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 16)
}
