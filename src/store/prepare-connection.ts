import type { ClientBase } from 'pg'
import { DATABASE_STATEMENT_MS } from '../limits.js'

/** What the code counts on, whatever a server, a database or a role has been given by default. */
const SESSION: Readonly<Record<string, string>> = {
  search_path: 'public',
  datestyle: 'ISO, MDY',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  client_encoding: 'UTF8',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  transform_null_equals: 'off',
  array_nulls: 'on',
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'off',
  default_transaction_deferrable: 'off',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
  transaction_timeout: '0',
  // Sums over many rollups look dear enough to be compiled, which takes many times as long as they run.
  jit: 'off',
}

/** Sets those that a server knows. What is acknowledged must be on the disk, so no commit may be answered before. */
const PREPARE = `
SELECT count(pg_catalog.set_config(s.name, v.value, false)) FROM pg_catalog.pg_settings s JOIN (VALUES
  ${Object.entries(SESSION)
    .map(([name, value]) => `('${name}', '${value}')`)
    .join(', ')},
  ('synchronous_commit', coalesce(nullif(pg_catalog.current_setting('synchronous_commit'), 'off'), 'on'))
) v(name, value) ON lower(s.name) = v.name`

export async function prepareConnection(client: ClientBase): Promise<void> {
  // By itself: what is set here holds from the next statement on.
  await client.query(`SET statement_timeout = ${DATABASE_STATEMENT_MS}`)
  await client.query(PREPARE)
}
