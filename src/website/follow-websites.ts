import type { WebsiteChangeCause } from '../bus.js'
import { Prisma, type Website } from '../generated/prisma/client.js'
import { EventStream } from '../graph/event-stream.js'
import { FOLLOWED_WEBSITES_PER_READ, PENDING_NEWS_MAX } from '../limits.js'
import type { Parts } from '../parts.js'
import type { Sql } from '../store/store.js'
import { columnsOf } from '../store/columns-of.js'

export interface WebsiteNews {
  cause: 'CURRENT' | WebsiteChangeCause
  /** As it is when the news is told; a deleted one as it last was. */
  website: Website
  /** Goes up with every verdict on the website; null before the first. */
  sequence: bigint | null
}

interface Row extends Website {
  sequence: string | null
}

/** An owner's websites as they are, then each again when it changes. `ids` null follows all, also later ones. */
export function followWebsites(
  { store, bus }: Pick<Parts, 'store' | 'bus'>,
  userId: string,
  ids: readonly string[] | null = null,
): EventStream<WebsiteChangeCause, WebsiteNews> {
  const followed = ids && new Set(ids)
  let after: string | undefined
  return new EventStream<WebsiteChangeCause, WebsiteNews>({
    pendingMax: PENDING_NEWS_MAX,
    listen: (hear) =>
      bus.subscribe('websiteChanged', (change) => {
        if (change.userId === userId && (followed?.has(change.websiteId) ?? true)) hear(change.websiteId, change.cause)
      }),
    readPage: async () => {
      const page = await readPage(store.sql, { userId, ids, after })
      after = page.at(-1)?.id ?? after
      return page.map((row) => newsOf('CURRENT', row))
    },
    // A round that ends after the deletion must not hide it.
    merge: (older, newer) => (older === 'DELETED' ? older : newer),
    readChange: async (id, cause) => {
      const [row] = await store.sql.query<Row>(`${SELECT_NEWS} WHERE w.id = $1 AND w."userId" = $2`, [id, userId])
      return row ? newsOf(cause, row) : null
    },
  })
}

/** With the sequence as it is before anything else is looked up, so that it is never newer than what is told with it. */
const SELECT_NEWS = `SELECT ${columnsOf(Prisma.WebsiteScalarFieldEnum, 'w')}, s.sequence::text AS sequence
  FROM "Website" w LEFT JOIN "WebsiteState" s ON s."websiteNo" = w.no`

interface NewsPage {
  userId: string
  ids: readonly string[] | null
  after: string | undefined
}

function readPage(sql: Sql, { userId, ids, after }: NewsPage): Promise<Row[]> {
  return sql.query<Row>(
    `${SELECT_NEWS} WHERE w."userId" = $1 AND w."deletedAt" IS NULL AND ($2::uuid IS NULL OR w.id > $2::uuid)
       AND ($3::uuid[] IS NULL OR w.id = ANY($3)) ORDER BY w.id LIMIT $4`,
    [userId, after ?? null, ids, FOLLOWED_WEBSITES_PER_READ],
  )
}

function newsOf(cause: WebsiteNews['cause'], { sequence, ...website }: Row): WebsiteNews {
  return { cause, website, sequence: sequence === null ? null : BigInt(sequence) }
}
