import { StartFault } from '../../start-fault.js'
import { migrate } from '../migrate.js'
import { createPartitions } from '../partitions.js'
import { readMigrations } from '../read-migrations.js'
import type { Sql } from '../store.js'
import { UnusableBackup, type BackupHeader, type BackupSummary, type BackupTable } from './backup-format.js'
import { countMigrations } from './check-backup.js'
import { describeTables, quoteName, readSequences, type SequenceState, type TableShape } from './describe-tables.js'
import { readBackup } from './read-backup.js'

/** Roll `sql` back on any fault. Throws StartFault when the database is not empty, UnusableBackup for a bad file. */
export async function restoreBackup(sql: Sql, file: string): Promise<BackupSummary> {
  await refuseUsedDatabase(sql)
  const migrations = await readMigrations()
  const within = { transaction: <Result>(work: (sql: Sql) => Promise<Result>) => work(sql) }
  const shapes = new Map<string, TableShape>()
  const filled = new Set<string>()
  let header: BackupHeader | null = null
  for await (const part of readBackup(file)) {
    switch (part.kind) {
      case 'header':
        header = part.header
        await migrate(within, migrations.slice(0, countMigrations(file, header, migrations)))
        for (const shape of await describeTables(sql)) shapes.set(shape.name, shape)
        break
      case 'table':
        await prepareTable(sql, file, shapes.get(part.table.table), part.table)
        filled.add(part.table.table)
        break
      case 'rows':
        await insertRows(sql, file, shapes.get(part.table.table), part.texts)
        break
      case 'sequences':
        await setSequences(sql, file, part.sequences)
        break
      case 'end': {
        const missing = [...shapes.keys()].find((name) => !filled.has(name))
        if (missing !== undefined) throw unfitting(file, `it lacks the table ${missing}`)
        await refuseOtherCounts(sql, file, part.rowCounts)
        await migrate(within, migrations)
        if (header) return { header, rowCounts: part.rowCounts }
      }
    }
  }
  throw new Error('a backup ended without its end')
}

/** Anybody's tables count: restored rows must not mix with others. */
async function refuseUsedDatabase(sql: Sql): Promise<void> {
  const [table] = await sql.query<{ name: string }>(
    `SELECT relname::text AS name FROM pg_class
     WHERE relkind IN ('r', 'p') AND relnamespace IN (current_schema()::regnamespace, to_regnamespace('parts')) LIMIT 1`,
  )
  if (!table) return
  throw new StartFault(
    `The database is not empty (it has the table ${table.name}): a backup can only be restored into an empty one, so make a new one.`,
  )
}

async function prepareTable(
  sql: Sql,
  file: string,
  shape: TableShape | undefined,
  { table, columns, partitions }: BackupTable,
): Promise<void> {
  if (shape?.columns.map(({ name }) => name).join() !== columns.join()) {
    throw unfitting(file, `its table ${table} differs from what its migrations make`)
  }
  const wrong = await createPartitions(sql, table, partitions)
  if (wrong !== null) throw unfitting(file, `${wrong} does not belong to its table ${table}`)
}

async function insertRows(
  sql: Sql,
  file: string,
  shape: TableShape | undefined,
  texts: readonly string[],
): Promise<void> {
  if (!shape) throw unfitting(file, 'it has rows outside any table')
  const names = shape.columns.map(({ name }) => quoteName(name)).join(', ')
  const values = shape.columns.map(({ type }, index) => `(line->>${index})::${type}`).join(', ')
  await sql.query(
    `INSERT INTO ${quoteName(shape.name)} (${names}) SELECT ${values} FROM json_array_elements($1::json) AS line`,
    [`[${texts.join(',')}]`],
  )
}

async function setSequences(sql: Sql, file: string, sequences: readonly SequenceState[]): Promise<void> {
  const own = new Set((await readSequences(sql)).map(({ name }) => name))
  for (const { name, lastValue } of sequences) {
    if (!own.delete(name)) throw unfitting(file, `it has a sequence ${name} that its migrations do not make`)
    if (lastValue !== null) await sql.query('SELECT setval($1::text::regclass, $2::text::bigint)', [name, lastValue])
  }
  const [missing] = own
  if (missing !== undefined) throw unfitting(file, `it lacks the sequence ${missing}`)
}

async function refuseOtherCounts(sql: Sql, file: string, rowCounts: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, count] of Object.entries(rowCounts)) {
    const [row] = await sql.query<{ count: number }>(`SELECT count(*)::float8 AS count FROM ${quoteName(name)}`)
    if (row?.count !== count) throw unfitting(file, `its table ${name} does not have as many rows as it states`)
  }
}

function unfitting(file: string, why: string): UnusableBackup {
  return new UnusableBackup(`${file} does not fit its own migrations: ${why}.`)
}
