import { Prisma, type Website } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import type { Parts } from '../parts.js'
import { normaliseTags } from './website-tags.js'
import { columnsOf } from '../store/columns-of.js'

/** What a website counts as in lists: one of these at a time. */
export type WebsiteCondition = 'GOOD' | 'BAD' | 'UNKNOWN' | 'DISABLED'

/** Which of an owner's websites. What is left out lets all of them through. */
export interface WebsiteFilter {
  /** Part of the name or of the URL, in whatever case. */
  search?: string | null | undefined
  conditions?: readonly WebsiteCondition[] | null | undefined
  /** A website has all of them. */
  tags?: readonly string[] | null | undefined
}

export type WebsiteOrder = 'CREATED_AT' | 'NAME'

export interface WebsiteSelection {
  userId: string
  filter: WebsiteFilter
}

export interface WebsitePage extends WebsiteSelection, Omit<PageSlice, 'order'> {
  orderBy: WebsiteOrder
  order: PageSlice['order']
}

/** Names may be the same, ids are not. Byte order is the same on every database. */
const KEYS: Readonly<Record<WebsiteOrder, readonly string[]>> = {
  CREATED_AT: ['w.id'],
  NAME: ['lower(w.name) COLLATE "C"', 'w.id'],
}

/** As `verdict/current-status.ts` tells it, for all rows of a statement; `$2` is now. */
const CONDITION = `CASE
  WHEN NOT w.enabled THEN 'DISABLED'
  WHEN s.status = 'Inconclusive' OR s.status IS NULL OR last."intervalMs" IS NULL
    OR $2::timestamptz - s."roundAt" > 2 * w."everyRounds" * last."intervalMs" * interval '1 ms' + (last."deadlineAt" - last."roundAt")
    THEN 'UNKNOWN'
  ELSE upper(s.status::text) END`

const WHERE = `FROM "Website" w LEFT JOIN "WebsiteState" s ON s."websiteNo" = w.no
  LEFT JOIN (SELECT "roundAt", "deadlineAt", "intervalMs" FROM "Round" WHERE "closedAt" IS NOT NULL ORDER BY "roundAt" DESC LIMIT 1) last ON true
  WHERE w."userId" = $1 AND w."deletedAt" IS NULL
    AND ($3::text IS NULL OR position(lower($3) IN lower(w.name)) > 0 OR position(lower($3) IN lower(w.url)) > 0)
    AND ($4::text[] IS NULL OR ${CONDITION} = ANY($4))
    AND ($5::text[] IS NULL OR w.tags @> $5)`

function parametersOf({ clock }: Pick<Parts, 'clock'>, { userId, filter }: WebsiteSelection): unknown[] {
  const { search = null, conditions = null, tags } = filter
  return [userId, new Date(clock.now()), search, conditions, tags ? normaliseTags(tags) : null]
}

/** Some of an owner's websites, in the order that is asked for; pages lie between ids. */
export async function listWebsites(parts: Pick<Parts, 'store' | 'clock'>, page: WebsitePage): Promise<Website[]> {
  const keys = KEYS[page.orderBy]
  const direction = page.order === 'oldestFirst' ? 'ASC' : 'DESC'
  const key = keys.join(', ')
  const beyond = (sign: '>' | '<', parameter: string) =>
    `AND (${parameter}::uuid IS NULL OR (${key}) ${sign} (SELECT ${key} FROM "Website" w WHERE w.id = ${parameter} AND w."userId" = $1))`
  return parts.store.sql.query<Website>(
    `SELECT ${columnsOf(Prisma.WebsiteScalarFieldEnum, 'w')} ${WHERE} ${beyond('>', '$6')} ${beyond('<', '$7')}
     ORDER BY ${keys.map((each) => `${each} ${direction}`).join(', ')} LIMIT $8`,
    [...parametersOf(parts, page), page.newerThan, page.olderThan, page.limit],
  )
}

export async function countWebsites(
  parts: Pick<Parts, 'store' | 'clock'>,
  selection: WebsiteSelection,
): Promise<Record<WebsiteCondition, number>> {
  const rows = await parts.store.sql.query<{ condition: WebsiteCondition; count: number }>(
    `SELECT ${CONDITION} AS condition, count(*)::int AS count ${WHERE} GROUP BY 1`,
    parametersOf(parts, selection),
  )
  const counts = { GOOD: 0, BAD: 0, UNKNOWN: 0, DISABLED: 0 }
  for (const { condition, count } of rows) counts[condition] = count
  return counts
}
