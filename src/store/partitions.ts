import type { Sql, Store } from './store.js'

/** The tables partitioned by the UTC day of `roundAt`; their children live in the PostgreSQL schema `parts`. */
const PARTITIONED_TABLES = ['RoundRoster', 'WebsiteTick', 'Submission'] as const

const DAY_MS = 86_400_000
/** How far ahead partitions are made, so that a hub that cannot make one has two days to be mended. */
const DAYS_AHEAD = 2
/** One hub at a time makes or drops. */
const PARTITIONS_LOCK = 8_081_001

/** Makes what is missing of the partitions for the day of `instant`, the day before and `DAYS_AHEAD` after it. */
export async function ensurePartitions(store: Pick<Store, 'sql' | 'transaction'>, instant: number): Promise<void> {
  const today = Math.floor(instant / DAY_MS)
  const wanted = Array.from({ length: DAYS_AHEAD + 2 }, (_, index) => today - 1 + index).flatMap((day) =>
    PARTITIONED_TABLES.map((table) => ({ table, day, name: partitionName(table, day) })),
  )
  const present = new Set(await listPartitions(store.sql))
  const missing = wanted.filter(({ name }) => !present.has(name))
  if (missing.length === 0) return
  await store.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock($1)', [PARTITIONS_LOCK])
    for (const { table, day, name } of missing) {
      await sql.run(
        `CREATE TABLE IF NOT EXISTS parts."${name}" PARTITION OF "${table}" FOR VALUES FROM ('${dayText(day)}T00:00:00Z') TO ('${dayText(day + 1)}T00:00:00Z')`,
      )
    }
  })
}

/**
 * Drops the partitions whose whole day ended more than `retentionDays` before `instant`.
 * @returns their names.
 */
export async function dropPartitions(
  store: Pick<Store, 'sql' | 'transaction'>,
  instant: number,
  retentionDays: number,
): Promise<string[]> {
  const oldestKept = Math.floor(instant / DAY_MS) - retentionDays
  const outdated = (await listPartitions(store.sql)).filter((name) => {
    const day = partitionDay(name)
    return day !== null && day < oldestKept
  })
  if (outdated.length === 0) return []
  await store.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock($1)', [PARTITIONS_LOCK])
    for (const name of outdated) await sql.run(`DROP TABLE IF EXISTS parts."${name}"`)
  })
  return outdated
}

async function listPartitions(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'parts' ORDER BY 1`,
  )
  return rows.map((row) => row.name)
}

function partitionName(table: string, day: number): string {
  return `${table}_${dayText(day).replaceAll('-', '_')}`
}

function partitionDay(name: string): number | null {
  const match = /_(\d{4})_(\d{2})_(\d{2})$/.exec(name)
  return match ? Math.floor(Date.parse(`${match[1]}-${match[2]}-${match[3]}T00:00:00Z`) / DAY_MS) : null
}

function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
