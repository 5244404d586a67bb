import { recordChange } from '../audit/record-change.js'
import type { Website } from '../generated/prisma/client.js'
import type { OwnerActor } from '../graph/actor.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { appendChange } from './append-change.js'
import { lockWebsite } from './lock-website.js'
import { websiteNotFound } from './not-found.js'

export type DeleteWebsiteResult = { kind: 'deleted'; website: Website } | Refusal<'NOT_FOUND'>

/** Stops watching a website for good and hides it. Its rows stay, so that its history stays provable. */
export async function deleteWebsite(
  { store, bus, clock }: Pick<Parts, 'store' | 'bus' | 'clock'>,
  actor: OwnerActor,
  { id }: { id: string },
  action: 'deleteWebsite' | 'deleteWebsites' = 'deleteWebsite',
): Promise<DeleteWebsiteResult> {
  const website = await store.change(async (faces) => {
    if ((await lockWebsite(faces.sql, actor.userId, id)) === null) return null
    const now = clock.now()
    const deleted = await faces.prisma.website.update({ where: { id }, data: { deletedAt: new Date(now) } })
    await appendChange(faces, deleted, now)
    await recordChange(faces.sql, actor, { at: now, action, subject: ['Website', id] })
    return deleted
  })
  if (website === null) return websiteNotFound()
  bus.publish('websiteChanged', { websiteId: id, userId: actor.userId, cause: 'DELETED' })
  return { kind: 'deleted', website }
}
