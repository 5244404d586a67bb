import { describeTables, quoteName } from '../../store/backup/describe-tables.js'
import type { Sql } from '../../store/store.js'

/** By table, the columns that there are now, as SQL names them. */
export type KnownColumns = ReadonlyMap<string, string>

export async function readColumns(sql: Sql): Promise<KnownColumns> {
  const tables = await describeTables(sql)
  return new Map(tables.map(({ name, columns }) => [name, columns.map((column) => quoteName(column.name)).join()]))
}

/** What stands in those columns, in words that do not hang on the order of the rows; what came later is left out. */
export async function readRows(sql: Sql, columns: KnownColumns): Promise<Record<string, string[]>> {
  await sql.run(`SET LOCAL TimeZone = 'UTC'; SET LOCAL bytea_output = 'hex'`)
  const rows: Record<string, string[]> = {}
  for (const [name, names] of columns) {
    const found = await sql.query<{ row: string }>(`SELECT t::text AS row FROM (SELECT ${names} FROM "${name}") t`)
    rows[name] = found.map(({ row }) => row).sort()
  }
  return rows
}
