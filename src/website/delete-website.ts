import type { Website } from '../generated/prisma/client.js'
import type { Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { appendChange } from './append-change.js'
import { lockWebsite } from './lock-website.js'
import { websiteNotFound } from './not-found.js'

export type DeleteWebsiteResult = { kind: 'deleted'; website: Website } | Refusal<'NOT_FOUND'>

/** Stops watching a website for good and hides it. Its rows stay, so that its history stays provable. */
export async function deleteWebsite(
  parts: Pick<Parts, 'store' | 'bus' | 'clock'>,
  { userId, id }: { userId: string; id: string },
): Promise<DeleteWebsiteResult> {
  const website = await parts.store.transaction(async (sql) => {
    const locked = await lockWebsite(sql, userId, id)
    if (locked === null) return null
    const now = parts.clock.now()
    const deleted = { ...locked, deletedAt: new Date(now) }
    await sql.query(`UPDATE "Website" SET "deletedAt" = $2 WHERE id = $1`, [deleted.id, deleted.deletedAt])
    await appendChange(sql, deleted, now)
    return deleted
  })
  if (website === null) return websiteNotFound()
  parts.bus.publish('websiteChanged', { websiteId: website.id, userId, cause: 'DELETED' })
  return { kind: 'deleted', website }
}
