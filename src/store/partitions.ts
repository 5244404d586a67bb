import { DAY_MS } from '../time.js'
import { holdLock } from './hold-lock.js'
import { LOCKS } from './locks.js'
import type { Sql, Store } from './store.js'

type Span = 'day' | 'week' | 'month' | 'year'

/** Decides how long a partition is kept. */
type Kind = 'ticks' | 'verdicts' | 'rollups'

/** By UTC spans; the partitions are in the PostgreSQL schema `parts`. */
const PARTITIONED_TABLES: Readonly<Record<string, { span: Span; kind: Kind; options?: string }>> = {
  RoundRoster: { span: 'day', kind: 'ticks' },
  WebsiteTick: { span: 'day', kind: 'ticks' },
  Submission: { span: 'day', kind: 'ticks' },
  LateTick: { span: 'day', kind: 'ticks' },
  Abstention: { span: 'day', kind: 'ticks' },
  AbstentionHour: { span: 'week', kind: 'verdicts' },
  Verdict: { span: 'week', kind: 'verdicts' },
  // The newest rows are updated every round: with free room on the page that touches no index.
  QuarterRollup: { span: 'month', kind: 'rollups', options: ' WITH (fillfactor = 80)' },
  DayRollup: { span: 'year', kind: 'rollups', options: ' WITH (fillfactor = 50)' },
}

/** Whole days; null is for ever. */
export type RetentionDays = Readonly<Record<Kind, number | null>>

/** 1970-01-05, a Monday. */
const FIRST_MONDAY = 4
/** A hub that fails to make partitions has two days to be repaired. */
const DAYS_AHEAD = 2

interface Partition {
  table: string
  name: string
  /** Unix milliseconds; `until` is excluded. */
  from: number
  until: number
}

/** Partitions that are not needed today are put off while another hub makes some or a backup runs. */
export async function ensurePartitions(
  store: Pick<Store, 'sql' | 'transaction'>,
  instant: number,
  tables: readonly string[] = Object.keys(PARTITIONED_TABLES),
): Promise<void> {
  const wanted = tables.flatMap((table) => partitionsAround(table, instant))
  const present = new Set((await listPartitions(store.sql)).map(({ name }) => name))
  const missing = wanted.filter(({ name }) => !present.has(name))
  if (missing.length === 0) return
  const isNeeded = missing.some(({ from, until }) => from <= instant && instant < until)
  await store.transaction(async (sql) => {
    if (isNeeded) await holdLock(sql, LOCKS.PARTITIONS)
    else if (!(await tryLock(sql))) return
    for (const partition of missing) await create(sql, partition)
  })
}

/** Makes partitions by the names that `ensurePartitions` gives. Returns the first invalid name, or null. */
export async function createPartitions(sql: Sql, table: string, names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    const partition = parseName(name)
    if (partition?.table !== table || partition.name !== name) return name
    await create(sql, partition)
  }
  return null
}

async function create(sql: Sql, { table, name, from, until }: Partition): Promise<void> {
  await sql.run(
    `CREATE TABLE IF NOT EXISTS parts."${name}" PARTITION OF "${table}" FOR VALUES FROM ('${dateText(from)}T00:00:00Z') TO ('${dateText(until)}T00:00:00Z')${PARTITIONED_TABLES[table]?.options ?? ''}`,
  )
}

async function tryLock(sql: Sql): Promise<boolean> {
  const rows = await sql.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS locked', [
    LOCKS.PARTITIONS,
  ])
  return rows[0]?.locked === true
}

/** Drops partitions past their retention and returns their names. Drops none while a backup runs. */
export async function dropPartitions(
  store: Pick<Store, 'sql' | 'transaction'>,
  instant: number,
  retentionDays: RetentionDays,
): Promise<string[]> {
  const today = Math.floor(instant / DAY_MS) * DAY_MS
  const outdated = (await listPartitions(store.sql)).filter(({ table, until }) => {
    const kind = PARTITIONED_TABLES[table]?.kind
    const days = kind === undefined ? null : retentionDays[kind]
    return days !== null && until <= today - days * DAY_MS
  })
  if (outdated.length === 0) return []
  return store.transaction(async (sql) => {
    if (!(await tryLock(sql))) return []
    for (const { name } of outdated) await sql.run(`DROP TABLE IF EXISTS parts."${name}"`)
    return outdated.map(({ name }) => name)
  })
}

async function listPartitions(sql: Sql): Promise<Partition[]> {
  const rows = await sql.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'parts' ORDER BY 1`,
  )
  return rows.flatMap(({ name }) => parseName(name) ?? [])
}

function partitionsAround(table: string, instant: number): Partition[] {
  const partitions: Partition[] = []
  const last = instant + DAYS_AHEAD * DAY_MS
  for (let at = instant - DAY_MS; ;) {
    const partition = partitionOf(table, at)
    partitions.push(partition)
    at = partition.until
    if (at > last) return partitions
  }
}

function partitionOf(table: string, instant: number): Partition {
  const from = spanStart(PARTITIONED_TABLES[table]?.span ?? 'day', instant, 0)
  const until = spanStart(PARTITIONED_TABLES[table]?.span ?? 'day', instant, 1)
  return { table, name: `${table}_${dateText(from).replaceAll('-', '_')}`, from, until }
}

function spanStart(span: Span, instant: number, ahead: number): number {
  const date = new Date(instant)
  const day = Math.floor(instant / DAY_MS)
  switch (span) {
    case 'day':
      return (day + ahead) * DAY_MS
    case 'week':
      return (day - ((((day - FIRST_MONDAY) % 7) + 7) % 7) + 7 * ahead) * DAY_MS
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead, 1)
    case 'year':
      return Date.UTC(date.getUTCFullYear() + ahead, 0, 1)
  }
}

function parseName(name: string): Partition | null {
  const match = /^(\w+?)_(\d{4})_(\d{2})_(\d{2})$/.exec(name)
  if (!match?.[1] || !(match[1] in PARTITIONED_TABLES)) return null
  const instant = Date.parse(`${match[2]}-${match[3]}-${match[4]}T00:00:00Z`)
  return Number.isNaN(instant) ? null : partitionOf(match[1], instant)
}

function dateText(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}
