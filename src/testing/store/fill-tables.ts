import fc, { type Arbitrary, type GeneratorValue } from 'fast-check'
import type { Sql } from '../../store/store.js'
import { DAY_MS } from '../../time.js'

interface Column {
  name: string
  type: string
  isNullable: boolean
  /** Whether a unique index has it. */
  isKey: boolean
  /** Where its values must come from. */
  parent: { table: string; column: string } | null
  labels: string[]
}

interface Table {
  name: string
  columns: Column[]
}

/** What older versions kept of other tables without saying so. */
const UNDECLARED_PARENTS: Readonly<Record<string, Column['parent']>> = {
  'Incident.websiteNo': { table: 'Website', column: 'no' },
  'Webhook.websiteId': { table: 'Website', column: 'id' },
}

/** The days that partitions are there for: the fixture's rows lie in them. */
export const FILLED_DAY = Date.UTC(2026, 10, 22)
const ROWS_MAX = 4

/** Fills every table that information_schema knows with whatever its columns can hold. */
export async function fillTables(sql: Sql, generate: GeneratorValue): Promise<void> {
  const waiting = await readTables(sql)
  const filled = new Map<string, Record<string, string | null>[]>()
  while (waiting.length > 0) {
    const index = waiting.findIndex(({ columns }) => columns.every(({ parent }) => !parent || filled.has(parent.table)))
    const [table] = waiting.splice(index, 1)
    if (!table || index < 0) throw new Error('no table is without others')
    const rowCount = generate(fc.integer, { min: 1, max: ROWS_MAX })
    const rows = Array.from({ length: rowCount }, (_, number) =>
      Object.fromEntries(table.columns.map((column) => [column.name, valueOf(column, number, filled, generate)])),
    )
    if (table.name === 'MaintenanceWindow') rows.forEach(fitTimesToKind)
    for (const row of rows) await insert(sql, table, row)
    filled.set(table.name, rows)
  }
  for (const name of await readSequenceNames(sql)) {
    const value = generate(fc.option, fc.integer({ min: 1, max: 30_000 }))
    if (value !== null) await sql.query('SELECT setval($1::text::regclass, $2::int)', [name, value])
  }
}

/** All that is in a database, in words that do not hang on the order of its rows. */
export async function readEverything(sql: Sql): Promise<Record<string, string[]>> {
  await sql.run(`SET LOCAL TimeZone = 'UTC'; SET LOCAL bytea_output = 'hex'`)
  const everything: Record<string, string[]> = {}
  for (const { name } of await readTables(sql)) {
    const rows = await sql.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`)
    everything[name] = rows.map(({ row }) => row).sort()
  }
  const sequences = await sql.query<{ state: string }>(
    `SELECT sequencename || ' ' || coalesce(last_value::text, '-') AS state FROM pg_sequences`,
  )
  const partitions = await sql.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'parts'`,
  )
  everything['sequences'] = sequences.map(({ state }) => state).sort()
  everything['partitions'] = partitions.map(({ name }) => name).sort()
  return everything
}

/** Names of all tables, as the standard's own views have them. */
export async function readTableNames(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations'`,
  )
  return rows.map(({ name }) => name).sort()
}

async function readTables(sql: Sql): Promise<Table[]> {
  const columns = await sql.query<Column & { table: string }>(`
    SELECT c.table_name AS "table", c.column_name AS name, format_type(a.atttypid, a.atttypmod) AS type,
      c.is_nullable = 'YES' AS "isNullable",
      EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND a.attnum = ANY (i.indkey)) AS "isKey",
      (SELECT json_build_object('table', p.relname, 'column', pa.attname) FROM pg_constraint k
        JOIN pg_class p ON p.oid = k.confrelid JOIN pg_attribute pa ON pa.attrelid = p.oid AND pa.attnum = k.confkey[1]
        WHERE k.contype = 'f' AND k.conrelid = a.attrelid AND k.conkey = ARRAY[a.attnum]) AS parent,
      (SELECT coalesce(json_agg(e.enumlabel), '[]') FROM pg_enum e WHERE e.enumtypid = a.atttypid) AS labels
    FROM information_schema.columns c
    JOIN pg_attribute a ON a.attrelid = format('%I.%I', c.table_schema, c.table_name)::regclass AND a.attname = c.column_name
    WHERE c.table_schema = 'public' ORDER BY c.table_name, c.ordinal_position`)
  for (const column of columns) column.parent ??= UNDECLARED_PARENTS[`${column.table}.${column.name}`] ?? null
  return (await readTableNames(sql)).map((name) => ({ name, columns: columns.filter(({ table }) => table === name) }))
}

async function readSequenceNames(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

async function insert(sql: Sql, { name, columns }: Table, row: Record<string, string | null>): Promise<void> {
  const names = columns.map((column) => `"${column.name}"`).join(', ')
  const values = columns.map(({ type }, index) => `$${index + 1}::text::${type}`).join(', ')
  await sql.query(
    `INSERT INTO "${name}" (${names}) VALUES (${values})`,
    columns.map((column) => row[column.name] ?? null),
  )
}

function valueOf(
  { type, isNullable, isKey, parent, labels }: Column,
  number: number,
  filled: ReadonlyMap<string, Record<string, string | null>[]>,
  generate: GeneratorValue,
): string | null {
  if (isNullable && generate(fc.boolean)) return null
  if (parent) {
    const values = (filled.get(parent.table) ?? []).map((row) => row[parent.column] ?? null)
    return generate(() => fc.constantFrom(...values))
  }
  if (labels.length > 0) return generate(() => fc.constantFrom(...labels))
  const value = generate(() => (isKey && type.startsWith('timestamp') ? instantsOfRow(number) : arbitraryOf(type)))
  return isKey ? distinct(type, number, value) : value
}

/** A window has the times of its kind and none of the other. */
function fitTimesToKind(row: Record<string, string | null>): void {
  const isOneOff = row['kind'] === 'ONE_OFF'
  for (const name of ['startsAt', 'endsAt']) row[name] = isOneOff ? (row[name] ?? '') : null
  for (const name of ['startTime', 'endTime']) row[name] = isOneOff ? null : (row[name] ?? '')
  if (isOneOff) row['weekdays'] = '{}'
  else if (row['weekdays'] === null || row['weekdays'] === '{}') row['weekdays'] = '{1}'
}

/** A value of a key's column that no other row has. */
function distinct(type: string, number: number, value: string): string {
  switch (type) {
    case 'text':
      return `${number} ${value}`
    case 'bytea':
      return `\\x0${number}${value.slice(2)}`
    case 'integer':
    case 'smallint':
    case 'bigint':
      return String(number + 1)
    default:
      return value
  }
}

function arbitraryOf(type: string): Arbitrary<string> {
  switch (type) {
    case 'text':
      return texts()
    case 'uuid':
      return fc.uuid()
    case 'boolean':
      return fc.boolean().map(String)
    case 'smallint':
      return fc.integer({ min: -32_768, max: 32_767 }).map(String)
    case 'integer':
      return fc.integer().map(String)
    case 'bigint':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)
    case 'bytea':
      return fc.uint8Array().map((bytes) => `\\x${Buffer.from(bytes).toString('hex')}`)
    case 'date':
      return fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }).map(dayOf)
    case 'timestamp(3) with time zone':
      return fc.oneof({ weight: 9, arbitrary: instants() }, { weight: 1, arbitrary: fc.constant('infinity') })
    case 'jsonb':
      return fc.oneof(jsons(), fc.constantFrom('null', '12345678901234567890.123456789', '{"a": 1e400}'))
    case 'integer[]':
      return fc.array(fc.option(fc.integer())).map((items) => `{${items.map((item) => item ?? 'NULL').join()}}`)
    case 'text[]':
      return fc.array(texts()).map((items) => `{${items.map(quoted).join()}}`)
    default:
      throw new Error(`the fixture knows no values of the type ${type}`)
  }
}

const texts = () => fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replaceAll('\0', ''))
const jsons = () => fc.json().filter((text) => !text.includes('\\u0000'))
const instants = () =>
  fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }).map(isoOf)
/** Every row has its part of the day: two of one instant could not both be keys. */
const instantsOfRow = (number: number) =>
  fc
    .integer({ min: 0, max: DAY_MS / ROWS_MAX - 1 })
    .map((ms) => isoOf(new Date(FILLED_DAY + ms + (number * DAY_MS) / ROWS_MAX)))
const isoOf = (date: Date) => date.toISOString()
const dayOf = (date: Date) => date.toISOString().slice(0, 10)
const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`
