import type { MaintenanceWindow, Prisma } from '../generated/prisma/client.js'
import { isInWindow, type NextTimes, nextTimes } from './window-rule.js'
import { minuteOf, READING_MARGIN_MS, timesOf } from './window-times.js'
import type { ReadClock } from './zone-clock.js'

/** Windows neither deleted nor over, oldest first, and some that have just ended, for `isOver` to leave out. */
export function standingAt(now: number) {
  const endsAt = { gte: minuteOf(now - READING_MARGIN_MS) }
  return {
    where: { deletedAt: null, OR: [{ kind: 'WEEKLY' }, { endsAt }] },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  } satisfies Prisma.MaintenanceWindowFindManyArgs
}

export function isOver(window: MaintenanceWindow, now: number, readClock?: ReadClock): boolean {
  return window.kind === 'ONE_OFF' && nextTimesOf(window, now, readClock).endsAt === null
}

export function isRunning(window: MaintenanceWindow, now: number, readClock?: ReadClock): boolean {
  return window.deletedAt === null && isInWindow(timesOf(window), now, readClock)
}

/** When a window begins and ends next, in Unix milliseconds; null for what it never does again. */
export function nextTimesOf(window: MaintenanceWindow, now: number, readClock?: ReadClock): NextTimes {
  if (window.deletedAt !== null) return { startsAt: null, endsAt: null }
  return nextTimes(timesOf(window), now, readClock)
}
