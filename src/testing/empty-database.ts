import type { Sql } from '../store/store.js'

/**
 * Takes a database back to how the migrations left it: partitions go, tables that were ever written to are empty, sequences
 * begin again, and the session forgets what it was told.
 */
export async function emptyDatabase(sql: Sql): Promise<void> {
  await sql.run('DISCARD ALL')
  await sql.run(EMPTY)
}

const EMPTY = `DO $$
DECLARE
  partitions text;
  written text;
BEGIN
  SELECT string_agg(format('parts.%I', tablename), ', ') INTO partitions FROM pg_tables WHERE schemaname = 'parts';
  IF partitions IS NOT NULL THEN EXECUTE 'DROP TABLE ' || partitions; END IF;
  SELECT string_agg(format('%I', relname), ', ') INTO written FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations' AND pg_relation_size(oid) > 0;
  IF written IS NOT NULL THEN EXECUTE 'TRUNCATE ' || written || ' CASCADE'; END IF;
  PERFORM setval(format('%I.%I', schemaname, sequencename), start_value, false) FROM pg_sequences WHERE last_value IS NOT NULL;
END $$`

/** What a database consists of but for its rows, and what migrations it says it has: as text, to be compared. */
export async function describeDatabase(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ shape: string }>(SHAPE)
  return row?.shape ?? ''
}

const SHAPE = `WITH relation AS (
  SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relkind, c.reloptions FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
)
SELECT md5(string_agg(line, E'\\n' ORDER BY line COLLATE "C")) AS shape FROM (
  SELECT name || relkind::text || coalesce(reloptions::text, '') AS line FROM relation
  UNION ALL SELECT name || pg_get_indexdef(oid) FROM relation WHERE relkind IN ('i', 'I')
  UNION ALL SELECT name || conname || pg_get_constraintdef(o.oid) FROM pg_constraint o JOIN relation r ON r.oid = conrelid
  UNION ALL SELECT name || pg_get_triggerdef(t.oid) || tgenabled::text FROM pg_trigger t JOIN relation r ON r.oid = tgrelid
  UNION ALL SELECT name || attname || format_type(atttypid, atttypmod) || attnotnull || coalesce(pg_get_expr(adbin, adrelid), '')
    FROM pg_attribute a JOIN relation r ON r.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attnum > 0 AND NOT attisdropped
  UNION ALL SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT rolname FROM pg_roles
  UNION ALL SELECT setconfig::text FROM pg_db_role_setting s WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION ALL SELECT migration_name || checksum || (finished_at IS NOT NULL) || coalesce(rolled_back_at::text, '') FROM "_prisma_migrations"
) AS lines`
