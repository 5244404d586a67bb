import { holdLock } from '../store/hold-lock.js'
import { LOCKS } from '../store/locks.js'
import type { Sql } from '../store/store.js'

/** Serialises closing rounds and disabled websites: the second sees all that the first wrote, new rows included. */
export async function lockIncidents(sql: Sql): Promise<void> {
  await holdLock(sql, LOCKS.INCIDENTS)
}
