import type { Sql } from '../store/store.js'

/** What tells whether a copy of a template was changed in all but rows: as text, to be compared with that of the template. */
export async function describeDatabase(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ shape: string }>(SHAPE)
  return row?.shape ?? ''
}

/** Where a system's own objects end, which nobody changes. */
const FIRST_OID = 16_384

/** A row that is there and was changed has a later transaction than any of the template's; of one that went, the count tells. */
const CATALOGS = [
  `pg_attribute WHERE attrelid >= ${FIRST_OID}`,
  `pg_index WHERE indexrelid >= ${FIRST_OID}`,
  ...['pg_constraint', 'pg_trigger', 'pg_proc', 'pg_attrdef', 'pg_type'].map(
    (name) => `${name} WHERE oid >= ${FIRST_OID}`,
  ),
  '"_prisma_migrations"',
]

// Emptying changes other columns of pg_class.
const SHAPE = `SELECT md5(string_agg(line, E'\\n')) AS shape FROM (
  SELECT string_agg(concat_ws(' ', oid, relname, relnamespace, relkind, reloptions, relacl), E'\\n' ORDER BY oid) AS line
    FROM pg_class WHERE oid >= ${FIRST_OID} AND relnamespace <> 'pg_toast'::regnamespace
  ${CATALOGS.map((rows) => `UNION ALL SELECT concat_ws(' ', count(*), max(xmin::text::bigint)) FROM ${rows}`).join('\n  ')}
  UNION ALL SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles
  UNION ALL SELECT string_agg(setconfig::text, ' ' ORDER BY setrole) FROM pg_db_role_setting
    WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
) AS lines`
