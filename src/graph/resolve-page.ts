import { resolveCursorConnection } from '@pothos/plugin-relay'
import { validate as isUuid } from 'uuid'
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../limits.js'
import { fault } from './fault.js'

type PageArguments = PothosSchemaTypes.DefaultConnectionArguments

export interface Cursor<Item, Position> {
  of(item: Item): string
  /** Null for a text that no page has given out. */
  parse(text: string): Position | null
}

export const ID_CURSOR: Cursor<{ id: string }, string> = {
  of: ({ id }) => id,
  parse: (text) => (isUuid(text) ? text : null),
}

export interface PageSlice<Position = string> {
  /** Both ends are excluded. */
  olderThan: Position | null
  newerThan: Position | null
  limit: number
  /** Reversed when the page is taken from the end. */
  order: ListOrder
}

type ListOrder = 'newestFirst' | 'oldestFirst'

interface Paged<Item, Position> {
  cursor: Cursor<NoInfer<Item>, Position>
  listed?: ListOrder
  read: (slice: PageSlice<Position>) => Promise<Item[]>
  count?: () => Promise<number>
}

/** Newest first unless `listed` says otherwise. Throws BAD_USER_INPUT for bad sizes and for cursors of no page. */
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

/** Relay's plugin would silently cut a page that is too large. */
function checkPageSize({ first, last }: PageArguments): void {
  for (const [name, size] of Object.entries({ first, last })) {
    if (size != null && (size < 1 || size > PAGE_SIZE_MAX)) {
      throw fault('BAD_USER_INPUT', `\`${name}\` must be from 1 to ${PAGE_SIZE_MAX}, not ${size}.`, {
        argument: name,
        limit: PAGE_SIZE_MAX,
      })
    }
  }
}

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
