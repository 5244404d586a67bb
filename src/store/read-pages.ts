import { columnsOf } from './columns-of.js'
import type { Sql } from './store.js'

/** A page of the rows that belong to one parent, by their ids. */
export interface PageOf {
  parentId: string
  olderThan: string | null
  newerThan: string | null
  limit: number
  order: 'newestFirst' | 'oldestFirst'
}

interface Children {
  table: string
  /** Of the table, as Prisma names them. */
  fields: Readonly<Record<string, string>>
  parent: string
}

/** Pages of several parents, answered in their order, in one statement for each order: Prisma would read all rows for that. */
export async function readPages<Row>(sql: Sql, of: Children, pages: readonly PageOf[]): Promise<Row[][]> {
  const found: Row[][] = pages.map(() => [])
  for (const order of ['newestFirst', 'oldestFirst'] as const) {
    const asked = [...pages.entries()].filter(([, page]) => page.order === order)
    if (asked.length === 0) continue
    const direction = order === 'newestFirst' ? 'DESC' : 'ASC'
    const columns = columnsOf(of.fields, 'c')
    const rows = await sql.query<Row & { page: number }>(
      `SELECT ${columns}, p.page FROM unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[])
         AS p(page, parent, "olderThan", "newerThan", "limit")
       CROSS JOIN LATERAL (
         SELECT ${columns} FROM "${of.table}" c
         WHERE c."${of.parent}" = p.parent
           AND (p."olderThan" IS NULL OR c.id < p."olderThan") AND (p."newerThan" IS NULL OR c.id > p."newerThan")
         ORDER BY c.id ${direction} LIMIT p."limit") c
       ORDER BY p.page, c.id ${direction}`,
      [
        asked.map(([index]) => index),
        asked.map(([, { parentId }]) => parentId),
        asked.map(([, { olderThan }]) => olderThan),
        asked.map(([, { newerThan }]) => newerThan),
        asked.map(([, { limit }]) => limit),
      ],
    )
    for (const { page, ...row } of rows) found[page]?.push(row as unknown as Row)
  }
  return found
}
