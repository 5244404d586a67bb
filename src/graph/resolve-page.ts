import { resolveCursorConnection } from '@pothos/plugin-relay'
import { validate as isUuid } from 'uuid'
import { fault } from './fault.js'
import { checkPageSize, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type PageArguments } from './paging.js'

interface CursorArguments extends PageArguments {
  after?: string | null | undefined
  before?: string | null | undefined
}

/** What to read for a page, newest first. */
export interface NewestFirst {
  /** Cursors that the page lies between, both left out. */
  olderThan: string | null
  newerThan: string | null
  limit: number
  order: 'newestFirst' | 'oldestFirst'
}

/**
 * A page of what is listed newest first, by an id that rises with time.
 * @throws BAD_USER_INPUT for a page that is too large, or a cursor that no page has given out.
 */
export async function resolveNewestFirst<Item extends object>(
  page: CursorArguments,
  toCursor: (item: Item) => string,
  read: (asked: NewestFirst) => Promise<Item[]>,
  isCursor: (text: string) => boolean = isUuid,
) {
  checkPageSize(page)
  for (const name of ['after', 'before'] as const) {
    const cursor = page[name]
    if (cursor && !isCursor(cursor)) {
      throw fault('BAD_USER_INPUT', `\`${name}\` must be a cursor of an earlier page.`, { argument: name })
    }
  }
  return resolveCursorConnection<Promise<Item[]>>(
    { args: page, defaultSize: PAGE_SIZE_DEFAULT, maxSize: PAGE_SIZE_MAX, toCursor },
    ({ after, before, limit, inverted }) =>
      read({
        // An empty cursor is that of an empty page.
        olderThan: after || null,
        newerThan: before || null,
        limit,
        order: inverted ? 'oldestFirst' : 'newestFirst',
      }),
  )
}
