import type { WebsiteChangeCause } from '../bus.js'
import type { Website } from '../generated/prisma/client.js'
import { EventStream } from '../graph/event-stream.js'
import { FOLLOWED_WEBSITES_PER_READ, PENDING_NEWS_MAX } from '../limits.js'
import type { Parts } from '../parts.js'
import { listWebsites } from './list-websites.js'

export interface WebsiteNews {
  cause: 'CURRENT' | WebsiteChangeCause
  /** As it is when the news is told; a deleted one as it last was. */
  website: Website
}

/** An owner's websites as they are, then each again whenever something about it changes. */
export function followWebsites(
  { store, bus }: Pick<Parts, 'store' | 'bus'>,
  userId: string,
): EventStream<WebsiteChangeCause, WebsiteNews> {
  let after: string | undefined
  return new EventStream<WebsiteChangeCause, WebsiteNews>({
    pendingMax: PENDING_NEWS_MAX,
    listen: (hear) =>
      bus.subscribe('websiteChanged', (change) => {
        if (change.userId === userId) hear(change.websiteId, change.cause)
      }),
    readPage: async () => {
      const websites = await listWebsites({ store }, { userId, after, limit: FOLLOWED_WEBSITES_PER_READ })
      after = websites.at(-1)?.id ?? after
      return websites.map((website) => ({ cause: 'CURRENT', website }))
    },
    // A round that ends after the deletion must not hide it.
    merge: (older, newer) => (older === 'DELETED' ? older : newer),
    readChange: async (id, cause) => {
      const website = await store.prisma.website.findFirst({ where: { id, userId } })
      return website && { cause, website }
    },
  })
}
