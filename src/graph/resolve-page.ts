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
  const bounds = { after: readCursor(cursor, 'after', page), before: readCursor(cursor, 'before', page) }
  const isFromEnd = page.last != null || (page.first == null && bounds.before !== null && bounds.after === null)
  const size = page.first ?? page.last ?? PAGE_SIZE_DEFAULT
  const readBetween = ({ after, before }: Bounds<Position>, limit: number, fromEnd = false) =>
    read({ ...placesOf(listed, { after, before }), limit, order: fromEnd ? REVERSE[listed] : listed })

  const found = await readBetween(bounds, size + 1, isFromEnd)
  const items = found.slice(0, size)
  if (isFromEnd) items.reverse()
  const edges = items.map((node) => ({ cursor: cursor.of(node), node }))
  const hasMore = found.length > size
  const isAny = async (between: Bounds<Position>) => (await readBetween(between, 1)).length > 0
  const placeOf = (edge: { cursor: string } | undefined) => (edge ? cursor.parse(edge.cursor) : null)
  const pageInfo = {
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
    // Looked up only when selected, and only where a cursor hides what lies there.
    get hasPreviousPage() {
      if (isFromEnd && hasMore) return true
      return bounds.after !== null && isAny({ after: null, before: placeOf(edges[0]) ?? bounds.before })
    },
    get hasNextPage() {
      if (!isFromEnd && hasMore) return true
      return bounds.before !== null && isAny({ after: placeOf(edges.at(-1)) ?? bounds.after, before: null })
    },
  }
  // The plugin's type allows no promises here, but its fields resolve like all others.
  return { edges, pageInfo: pageInfo as PageInfo, count }
}

interface PageInfo {
  startCursor: string | null
  endCursor: string | null
  hasPreviousPage: boolean
  hasNextPage: boolean
}

/** Both exclusive, in the order of the list. */
interface Bounds<Position> {
  after: Position | null
  before: Position | null
}

const REVERSE = { newestFirst: 'oldestFirst', oldestFirst: 'newestFirst' } as const

function placesOf<Position>(listed: ListOrder, { after, before }: Bounds<Position>) {
  return listed === 'newestFirst' ? { olderThan: after, newerThan: before } : { olderThan: before, newerThan: after }
}

function checkPageSize({ first, last }: PageArguments): void {
  if (first != null && last != null) {
    throw fault('BAD_USER_INPUT', '`first` and `last` exclude each other: send one of them.', { argument: 'last' })
  }
  for (const [name, size] of Object.entries({ first, last })) {
    if (size != null && (size < 1 || size > PAGE_SIZE_MAX)) {
      throw fault('BAD_USER_INPUT', `\`${name}\` must be from 1 to ${PAGE_SIZE_MAX}, not ${size}.`, {
        argument: name,
        limit: PAGE_SIZE_MAX,
      })
    }
  }
}

/** Clients send an empty one for the first page. */
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
