import type { MaintenanceWindow } from '../generated/prisma/client.js'
import type { Sql } from '../store/store.js'
import { isInWindow, nextTimes } from './window-rule.js'
import { minuteOf, READING_MARGIN_MS, timesOf } from './window-times.js'
import { type ReadClock, rememberClocks } from './zone-clock.js'

/** A window, and what its times come to at the moment. */
export interface StandingWindow extends MaintenanceWindow {
  running: boolean
  /** When it begins and ends next; null for what it never does again. */
  nextStart: Date | null
  nextEnd: Date | null
}

/** The windows of several websites that are neither deleted nor over, in one statement; those made first come first. */
export async function findWindows(
  sql: Sql,
  websiteIds: readonly string[],
  now: number,
): Promise<Map<string, StandingWindow[]>> {
  const rows = await sql.query<MaintenanceWindow>(
    `SELECT * FROM "MaintenanceWindow"
     WHERE "websiteId" = ANY($1::uuid[]) AND "deletedAt" IS NULL AND (kind = 'WEEKLY' OR "endsAt" COLLATE "C" >= $2)
     ORDER BY "createdAt", id`,
    [websiteIds, minuteOf(now - READING_MARGIN_MS)],
  )
  const readClock = rememberClocks()
  const standing = rows.map((row) => describeWindow(row, now, readClock)).filter((window) => !isOver(window))
  const found = new Map<string, StandingWindow[]>(websiteIds.map((id) => [id, []]))
  for (const window of standing) found.get(window.websiteId)?.push(window)
  return found
}

/** A window as it stands at an instant. */
export function describeWindow(row: MaintenanceWindow, now: number, readClock?: ReadClock): StandingWindow {
  const times = timesOf(row)
  const next = nextTimes(times, now, readClock)
  const deleted = row.deletedAt !== null
  return {
    ...row,
    weekdays: row.weekdays ?? [],
    running: !deleted && isInWindow(times, now, readClock),
    nextStart: next.startsAt === null || deleted ? null : new Date(next.startsAt),
    nextEnd: next.endsAt === null || deleted ? null : new Date(next.endsAt),
  }
}

function isOver({ kind, nextEnd }: StandingWindow): boolean {
  return kind === 'ONE_OFF' && nextEnd === null
}
