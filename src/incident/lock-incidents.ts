import type { Sql } from '../store/store.js'

const INCIDENTS_LOCK = 8_081_041

/**
 * Holds the runs of all websites until the transaction ends. Rounds that close and websites that are disabled meet here:
 * who comes second sees all that the first has written, rows that were not there before among it.
 */
export async function lockIncidents(sql: Sql): Promise<void> {
  await sql.query('SELECT pg_advisory_xact_lock($1)', [INCIDENTS_LOCK])
}
