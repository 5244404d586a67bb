import type { Parts } from '../parts.js'

export interface WebsiteTag {
  name: string
  websiteCount: number
}

/** More than anybody picks from. */
export const LISTED_TAGS_MAX = 500

/** The tags of an owner's websites, by name in the order of its bytes. */
export async function listTags({ store }: Pick<Parts, 'store'>, userId: string): Promise<WebsiteTag[]> {
  return store.sql.query<WebsiteTag>(
    `SELECT tag AS name, count(*)::int AS "websiteCount" FROM "Website" w, unnest(w.tags) tag
     WHERE w."userId" = $1 AND w."deletedAt" IS NULL GROUP BY tag ORDER BY tag COLLATE "C" LIMIT $2`,
    [userId, LISTED_TAGS_MAX],
  )
}
