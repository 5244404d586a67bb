import { createHash } from 'node:crypto'
import { BACKUP_ROWS_PER_STATEMENT } from '../../limits.js'
import { StartFault } from '../../start-fault.js'
import { VERSION } from '../../version.js'
import { readMigrationRecords, refuseForeignRecords } from '../migrate.js'
import { readMigrations } from '../read-migrations.js'
import type { Sql, StoreKind } from '../store.js'
import { BACKUP_VERSION, type BackupHeader } from './backup-format.js'
import { describeTables, quoteName, readSequences, type TableShape } from './describe-tables.js'

/** Text forms of values must not depend on the server's settings. */
const EXACT_TEXTS = `SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601';
  SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1`

/** Throws StartFault when the database is no hub's, or newer than this code, which would miss some of its tables. */
export async function describeBackup(sql: Sql, kind: StoreKind, takenAt: number): Promise<BackupHeader> {
  const [found] = await sql.query<{ isHubs: boolean }>(
    `SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS "isHubs"`,
  )
  if (!found?.isHubs) throw new StartFault('The database is empty: no hub has ever run on it.')
  const records = await readMigrationRecords(sql)
  refuseForeignRecords(records, await readMigrations())
  return {
    format: 'overlaps-backup',
    version: BACKUP_VERSION,
    hubVersion: VERSION,
    takenAt: new Date(takenAt).toISOString(),
    kind,
    migrations: records.map(({ migration_name: name, checksum }) => ({ name, checksum })),
  }
}

/** Uncompressed, in batches, read on demand. `sql` must see one state of the database. */
export async function* writeBackup(sql: Sql, header: BackupHeader): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const told = (text: string) => {
    hash.update(text)
    return text
  }
  const rowCounts: Record<string, number> = {}
  await sql.run(EXACT_TEXTS)
  yield told(lineOf(header))
  for (const table of await describeTables(sql)) {
    const { name, columns, partitions } = table
    yield told(lineOf({ table: name, columns: columns.map((column) => column.name), partitions }))
    rowCounts[name] = 0
    for await (const lines of readRows(sql, table)) {
      rowCounts[name] += lines.length
      yield told(`${lines.join('\n')}\n`)
    }
  }
  // Sequences ignore snapshots: read last, they are past every row before.
  yield told(lineOf({ sequences: await readSequences(sql) }))
  yield lineOf({ rowCounts, sha256: hash.digest('hex') })
}

async function* readRows(sql: Sql, { name, columns }: TableShape): AsyncGenerator<string[]> {
  const texts = columns.map((column) => `${quoteName(column.name)}::text`).join(', ')
  await sql.run(
    `DECLARE backup NO SCROLL CURSOR FOR SELECT json_build_array(${texts})::text AS line FROM ${quoteName(name)}`,
  )
  for (;;) {
    const rows = await sql.query<{ line: string }>(`FETCH ${BACKUP_ROWS_PER_STATEMENT} FROM backup`)
    if (rows.length === 0) break
    yield rows.map(({ line }) => line)
  }
  await sql.run('CLOSE backup')
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`
}
