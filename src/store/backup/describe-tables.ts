import { Prisma } from '../../generated/prisma/client.js'
import type { Sql } from '../store.js'

export interface TableShape {
  name: string
  columns: readonly { name: string; type: string }[]
  isPartitioned: boolean
  partitions: readonly string[]
}

/** `name` as in SQL; null when it never gave a value. */
export interface SequenceState {
  name: string
  lastValue: string | null
}

/** What older versions called some of them. */
const FORMER_NAMES = ['Webhook', 'WebhookDelivery', 'WebhookAttempt']

const OWN_NAMES = new Set<string>([...Object.values(Prisma.ModelName), ...FORMER_NAMES])

/** The hub's tables, each after those it refers to, as the database has them: it may be an older version's. */
export async function describeTables(sql: Sql): Promise<TableShape[]> {
  const tables = await sql.query<TableShape & { refersTo: string[] }>(`
    SELECT c.relname::text AS name, c.relkind = 'p' AS "isPartitioned",
      (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
         FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
      (SELECT coalesce(json_agg(p.relname ORDER BY p.relname), '[]')
         FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid WHERE i.inhparent = c.oid) AS partitions,
      (SELECT coalesce(json_agg(r.relname), '[]') FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid
         WHERE k.conrelid = c.oid AND k.contype = 'f' AND r.oid <> c.oid) AS "refersTo"
    FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    ORDER BY c.relname`)
  const waiting = new Map(tables.filter(({ name }) => OWN_NAMES.has(name)).map((table) => [table.name, table]))
  const ordered: TableShape[] = []
  while (waiting.size > 0) {
    const next = [...waiting.values()].find(({ refersTo }) => !refersTo.some((name) => waiting.has(name)))
    if (!next) throw new Error(`tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`)
    waiting.delete(next.name)
    const { refersTo: _, ...shape } = next
    ordered.push(shape)
  }
  return ordered
}

export async function readSequences(sql: Sql): Promise<SequenceState[]> {
  return sql.query<SequenceState>(
    `
    SELECT s.oid::regclass::text AS name, pg_sequence_last_value(s.oid)::text AS "lastValue"
    FROM pg_class s
    WHERE s.relkind = 'S' AND (s.relnamespace = 'parts'::regnamespace OR EXISTS (
      SELECT 1 FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid
      WHERE d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype IN ('a', 'i')
        AND t.relnamespace = current_schema()::regnamespace AND t.relname::text = ANY($1::text[])))
    ORDER BY 1`,
    [[...OWN_NAMES]],
  )
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
