import { v7 as uuid } from 'uuid'
import type { MaintenanceWindow } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import type { Sql } from '../store/store.js'
import { lockWebsite } from '../website/lock-website.js'
import { websiteNotFound } from '../website/not-found.js'
import { describeWindow, findWindows, type StandingWindow } from './find-windows.js'
import { judgeWindow, type SaidWindow, type WindowRefusal } from './judge-window.js'
import type { WindowTimes } from './window-times.js'

/** Windows of a website that are neither deleted nor over: every round looks at each of them. */
const WINDOWS_MAX = 50

export interface NewMaintenanceWindow extends SaidWindow {
  userId: string
  websiteId: string
}

export type CreateMaintenanceWindowResult =
  | { kind: 'created'; window: StandingWindow }
  | Refusal<WindowRefusal | 'NOT_FOUND' | 'TOO_MANY_WINDOWS'>

/** Counts a website's verdicts apart while a window runs. Rounds that began before it was made keep theirs as they are. */
export async function createMaintenanceWindow(
  parts: Pick<Parts, 'store' | 'bus' | 'clock'>,
  { userId, websiteId, ...said }: NewMaintenanceWindow,
): Promise<CreateMaintenanceWindowResult> {
  const outcome = await parts.store.transaction<CreateMaintenanceWindowResult>(async (sql) => {
    if ((await lockWebsite(sql, userId, websiteId)) === null) return websiteNotFound('websiteId')
    // Read under the lock, so that the window is not older than what was told of the website before.
    const now = parts.clock.now()
    const judged = judgeWindow(said, now)
    if (judged.kind === 'refused') return judged
    const others = await findWindows(sql, [websiteId], now)
    if ((others.get(websiteId)?.length ?? 0) >= WINDOWS_MAX) {
      return refuse('TOO_MANY_WINDOWS', `A website has at most ${WINDOWS_MAX} windows; delete one that is not needed.`)
    }
    const row = await insertWindow(sql, { websiteId, name: judged.name, times: judged.times, now })
    return { kind: 'created', window: describeWindow(row, now) }
  })
  if (outcome.kind === 'created') parts.bus.publish('websiteChanged', { websiteId, userId, cause: 'UPDATED' })
  return outcome
}

interface Judged {
  websiteId: string
  name: string
  times: WindowTimes
  now: number
}

async function insertWindow(sql: Sql, { websiteId, name, times, now }: Judged): Promise<MaintenanceWindow> {
  const [oneOff, weekly] = times.kind === 'ONE_OFF' ? [times, null] : [null, times]
  const [row] = await sql.query<MaintenanceWindow>(
    `INSERT INTO "MaintenanceWindow"
       (id, "websiteId", name, kind, "timeZone", "startsAt", "endsAt", weekdays, "startTime", "endTime", "createdAt")
     VALUES ($1, $2, $3, $4::"MaintenanceKind", $5, $6, $7, $8::int[], $9, $10, $11) RETURNING *`,
    [
      uuid(),
      websiteId,
      name,
      times.kind,
      times.timeZone,
      oneOff?.startsAt ?? null,
      oneOff?.endsAt ?? null,
      weekly?.weekdays ?? [],
      weekly?.startTime ?? null,
      weekly?.endTime ?? null,
      new Date(now),
    ],
  )
  if (!row) throw new Error('an insert returned no maintenance window')
  return row
}
