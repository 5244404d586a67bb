import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Parts } from '../parts.js'
import type { Sql } from '../store/store.js'
import { formatHead, formatRows, type ExportFormat } from './export-format.js'
import { EXPORT_SOURCES, type ExportKind } from './export-kinds.js'

export interface ExportRequest {
  kind: ExportKind
  format: ExportFormat
  userId: string
  /** The one website, of this owner; all of his when null. */
  website: { id: string; no: number } | null
  from: number | null
  /** Unix milliseconds, not included; null is up to the newest closed round. */
  until: number | null
  /** Whether CSV begins with a byte order mark. */
  hasMark?: boolean
}

/** Rows that are made into text at a time, so that the event loop is not held up. */
const ROWS_A_CHUNK = 200
/** On the embedded database a statement holds up the event loop, too. */
const ROWS_A_PAGE = { postgres: 2_000, pglite: 250 } as const
const WEBSITES_A_PAGE = 500
/** Later than any record: the last instant that is spelt with four digits. */
const END_OF_TIME = Date.parse('9999-12-31T23:59:59.999Z')
const NIL = '00000000-0000-0000-0000-000000000000'

const NEWEST_CLOSED = `SELECT max("roundAt") AS "roundAt" FROM "Round" WHERE "closedAt" IS NOT NULL AND NOT "outOfOrder"`

/** An export in pieces; a page of rows is held at a time. Except for a log, it ends with the round that was newest when it began. */
export async function* exportWebsiteRows(
  { store }: Pick<Parts, 'store'>,
  { kind, format, userId, website, from, until, hasMark = false }: ExportRequest,
): AsyncGenerator<string, undefined> {
  const { columns, read, isLog = false } = EXPORT_SOURCES[kind]
  const [newest] = await store.sql.query<{ roundAt: Date | null }>(NEWEST_CLOSED)
  // Asked for first, so that a database that is away is found before anything is sent.
  const head = formatHead(format, columns, hasMark)
  if (head !== '') yield head
  if (!newest?.roundAt) return
  const span = {
    from: from ?? 0,
    until: Math.min(until ?? END_OF_TIME, isLog ? END_OF_TIME : newest.roundAt.getTime() + 1),
    rowsMax: ROWS_A_PAGE[store.kind],
  }
  const websites = website ? [website] : listWebsites(store.sql, userId, isLog)
  for await (const one of websites) {
    for await (const page of read(store.sql, { ...span, website: one })) {
      for (let start = 0; start < page.length; start += ROWS_A_CHUNK) {
        yield formatRows(format, columns, page.slice(start, start + ROWS_A_CHUNK))
        await nextTurn()
      }
    }
  }
}

async function* listWebsites(
  sql: Sql,
  userId: string,
  deletedToo: boolean,
): AsyncGenerator<{ id: string; no: number }> {
  for (let last = NIL; ;) {
    const page: { id: string; no: number }[] = await sql.query(
      `SELECT w.id::text AS id, w.no FROM "Website" w
       WHERE w."userId" = $1::uuid AND ($4::boolean OR w."deletedAt" IS NULL) AND w.id > $2::uuid
       ORDER BY w.id LIMIT $3::int`,
      [userId, last, WEBSITES_A_PAGE, deletedToo],
    )
    yield* page
    if (page.length < WEBSITES_A_PAGE) return
    last = page.at(-1)?.id ?? last
  }
}
