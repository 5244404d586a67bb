import { holdLock } from '../store/hold-lock.js'
import { LOCKS } from '../store/locks.js'
import type { Sql } from '../store/store.js'

/**
 * Holds the runs of all websites until the transaction ends. Rounds that close and websites that are disabled meet here:
 * who comes second sees all that the first has written, rows that were not there before among it.
 */
export async function lockIncidents(sql: Sql): Promise<void> {
  await holdLock(sql, LOCKS.INCIDENTS)
}
