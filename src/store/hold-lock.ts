import type { Lock } from './locks.js'
import type { Sql } from './store.js'

export async function holdLock(sql: Sql, lock: Lock): Promise<void> {
  await sql.query('SELECT pg_advisory_xact_lock($1)', [lock])
}
