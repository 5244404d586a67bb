import { resolveCursorConnection } from '@pothos/plugin-relay'
import { validate as isUuid } from 'uuid'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../limits.js'
import { fault } from './fault.js'

type PageArguments = PothosSchemaTypes.DefaultConnectionArguments

/** How a place in a list is named. */
export interface Cursor<Item, Position> {
  of(item: Item): string
  /** The place that a cursor names; null for a text that no page has given out. */
  parse(text: string): Position | null
}

/** Ids rise with time. */
export const ID_CURSOR: Cursor<{ id: string }, string> = {
  of: ({ id }) => id,
  parse: (text) => (isUuid(text) ? text : null),
}

/** What to read for a page. */
export interface PageSlice<Position = string> {
  /** Places that the page lies between, both left out. */
  olderThan: Position | null
  newerThan: Position | null
  limit: number
  /** Contrary to the order of the list, where the page is taken from its end. */
  order: ListOrder
}

type ListOrder = 'newestFirst' | 'oldestFirst'

interface Paged<Item, Position> {
  cursor: Cursor<NoInfer<Item>, Position>
  listed?: ListOrder
  read: (slice: PageSlice<Position>) => Promise<Item[]>
  /** How many there are on all pages, where its connection tells. */
  count?: () => Promise<number>
}

/**
 * A page of what is listed by time, the newest first unless `listed` says otherwise.
 * @throws BAD_USER_INPUT for a page that is empty or too large, or a cursor that no page has given out.
 */
export async function resolvePage<Item extends object, Position>(
  page: PageArguments,
  { cursor, listed = 'newestFirst', read, count }: Paged<Item, Position>,
) {
  checkPageSize(page)
  const after = readCursor(cursor, 'after', page)
  const before = readCursor(cursor, 'before', page)
  const [olderThan, newerThan] = listed === 'newestFirst' ? [after, before] : [before, after]
  const fromTheEnd = listed === 'newestFirst' ? 'oldestFirst' : 'newestFirst'
  const connection = await resolveCursorConnection<Promise<Item[]>>(
    {
      args: page,
      defaultSize: PAGE_SIZE_DEFAULT,
      maxSize: PAGE_SIZE_MAX,
      toCursor: (item) => cursor.of(item),
    },
    ({ limit, inverted }) => read({ olderThan, newerThan, limit, order: inverted ? fromTheEnd : listed }),
  )
  return { ...connection, count }
}

/** Relay's plugin would cut a page that is too large in silence. */
function checkPageSize({ first, last }: PageArguments): void {
  for (const [name, size] of Object.entries({ first, last })) {
    if (size != null && (size < 1 || size > PAGE_SIZE_MAX)) {
      throw fault('BAD_USER_INPUT', `\`${name}\` must be from 1 to ${PAGE_SIZE_MAX}, and ${size} was asked for.`, {
        argument: name,
        limit: PAGE_SIZE_MAX,
      })
    }
  }
}

/** An empty cursor is that of an empty page. */
function readCursor<Position>(
  cursor: Cursor<never, Position>,
  argument: 'after' | 'before',
  page: PageArguments,
): Position | null {
  const text = page[argument]
  if (!text) return null
  const position = cursor.parse(text)
  if (position !== null) return position
  throw fault('BAD_USER_INPUT', `\`${argument}\` must be a cursor of an earlier page.`, { argument })
}
