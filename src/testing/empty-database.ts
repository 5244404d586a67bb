import { ensurePartitions } from '../store/partitions.js'
import type { Sql, Store } from '../store/store.js'
import { MANUAL_CLOCK_START } from './manual-clock.js'

/** The comment on partitions that come with the template. */
const OF_TEMPLATE = 'of the template'

/**
 * Takes a database back to how its template was: other partitions go, tables that were ever written to are empty, sequences
 * begin again, and the session forgets what it was told.
 */
export async function emptyDatabase(sql: Sql): Promise<void> {
  await sql.run('DISCARD ALL')
  await sql.run(EMPTY)
}

/** Deleting is six times as fast as truncating, but leaves the file as it was. */
const SMALL_BYTES = 65_536

const EMPTY = `DO $$
DECLARE
  names text;
  name text;
BEGIN
  SELECT string_agg(oid::regclass::text, ', ') INTO names FROM pg_class
    WHERE relnamespace = 'parts'::regnamespace AND relkind = 'r' AND obj_description(oid) IS DISTINCT FROM '${OF_TEMPLATE}';
  IF names IS NOT NULL THEN EXECUTE 'DROP TABLE ' || names; END IF;
  SELECT string_agg(written.name, ', ') INTO names FROM (${writtenTables(SMALL_BYTES)}) written;
  IF names IS NOT NULL THEN EXECUTE 'TRUNCATE ' || names || ' CASCADE'; END IF;
  -- No trigger asks whether anybody refers to what goes, since all goes.
  PERFORM set_config('session_replication_role', 'replica', true);
  FOR name IN ${writtenTables(0)} LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
  PERFORM setval(format('%I.%I', schemaname, sequencename), start_value, false) FROM pg_sequences WHERE last_value IS NOT NULL;
END $$`

function writtenTables(moreThanBytes: number): string {
  return `SELECT oid::regclass::text AS name FROM pg_class
    WHERE relnamespace IN ('public'::regnamespace, 'parts'::regnamespace) AND relkind = 'r'
      AND relname <> '_prisma_migrations' AND pg_relation_size(oid) > ${moreThanBytes}`
}

/** Makes the partitions of the day at which manual clocks begin, as every hub would, and marks them as the template's. */
export async function addPartitions(store: Pick<Store, 'sql' | 'transaction'>): Promise<void> {
  await ensurePartitions(store, MANUAL_CLOCK_START)
  await store.sql.run(`DO $$
  DECLARE name text;
  BEGIN
    FOR name IN SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'parts'::regnamespace AND relkind = 'r'
    LOOP EXECUTE format('COMMENT ON TABLE %s IS %L', name, '${OF_TEMPLATE}'); END LOOP;
  END $$`)
}

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
