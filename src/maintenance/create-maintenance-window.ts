import { v7 as uuid } from 'uuid'
import { recordChange } from '../audit/record-change.js'
import type { MaintenanceWindow } from '../generated/prisma/client.js'
import type { OwnerActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { lockWebsite } from '../website/lock-website.js'
import { websiteNotFound } from '../website/not-found.js'
import { judgeWindow, type SaidWindow, type WindowRefusal } from './judge-window.js'
import { isOver, standingAt } from './standing-windows.js'
import { columnsOf } from './window-times.js'

/** Windows of a website that are neither deleted nor over: every round looks at each of them. */
export const WINDOWS_MAX = 50

export interface NewMaintenanceWindow extends SaidWindow {
  websiteId: string
}

export type CreateMaintenanceWindowResult =
  | { kind: 'created'; window: MaintenanceWindow }
  | Refusal<WindowRefusal | 'NOT_FOUND' | 'TOO_MANY_WINDOWS'>

/** Counts a website's verdicts apart while a window runs. Rounds that began before it was made keep theirs as they are. */
export async function createMaintenanceWindow(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  actor: OwnerActor,
  { websiteId, ...said }: NewMaintenanceWindow,
): Promise<CreateMaintenanceWindowResult> {
  const judged = judgeWindow(said, clock.now())
  if (judged.kind === 'refused') return judged
  const outcome = await store.change<CreateMaintenanceWindowResult>(async ({ sql, prisma }) => {
    if ((await lockWebsite(sql, actor.userId, websiteId)) === null) return websiteNotFound('websiteId')
    // Read under the lock, so that the window is not older than what was told of the website before.
    const now = clock.now()
    const { where, orderBy } = standingAt(now)
    const others = await prisma.maintenanceWindow.findMany({ where: { ...where, websiteId }, orderBy })
    if (others.filter((other) => !isOver(other, now)).length >= WINDOWS_MAX) {
      return refuse('TOO_MANY_WINDOWS', `A website has at most ${WINDOWS_MAX} windows; delete one that is not needed.`)
    }
    const window = await prisma.maintenanceWindow.create({
      data: { id: uuid(), websiteId, name: judged.name, ...columnsOf(judged.times), createdAt: new Date(now) },
    })
    await recordChange(sql, actor, {
      at: now,
      action: 'createMaintenanceWindow',
      subject: ['MaintenanceWindow', window.id],
    })
    return { kind: 'created', window }
  })
  if (outcome.kind === 'created') {
    bus.publish('websiteChanged', { websiteId, userId: actor.userId, cause: 'UPDATED' })
  }
  return outcome
}
