import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { migrate } from '../store/migrate.js'
import { openPostgres } from '../store/open-postgres.js'
import { readMigrations } from '../store/read-migrations.js'
import { describeDatabase } from './describe-database.js'
import { addPartitions } from './empty-database.js'
import { onServer, withDatabase } from './postgres-databases.js'

/**
 * A migrated, empty database to copy: a dump of PGlite's folder, or a PostgreSQL template. `shape` is what
 * `describeDatabase` says of it.
 */
export type TestTemplate =
  | { kind: 'pglite'; dumpFile: string; shape: string }
  | { kind: 'postgres'; url: string; name: string; shape: string }

/** Makes the template once for a whole run. `postgresUrl` is a server's, as somebody who may create databases. */
export async function createTestTemplate(
  postgresUrl: string | undefined,
): Promise<{ template: TestTemplate; drop: () => Promise<void> }> {
  return postgresUrl === undefined ? createPgliteTemplate() : createPostgresTemplate(postgresUrl)
}

async function createPgliteTemplate() {
  const folder = await mkdtemp(path.join(tmpdir(), 'overlaps-template-'))
  const dumpFile = path.join(folder, 'pglite.tar')
  const program = fileURLToPath(new URL('./make-pglite-template.ts', import.meta.url))
  const { stdout: shape } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program, dumpFile])
  const template: TestTemplate = { kind: 'pglite', dumpFile, shape }
  return { template, drop: () => rm(folder, { recursive: true }) }
}

async function createPostgresTemplate(url: string) {
  const name = `overlaps_${randomUUID().replaceAll('-', '')}`
  await onServer(url, `CREATE DATABASE ${name}`)
  const store = await openPostgres(withDatabase(url, name), () => undefined)
  await migrate(store, await readMigrations())
  await addPartitions(store)
  const template: TestTemplate = { kind: 'postgres', url, name, shape: await describeDatabase(store.sql) }
  await store.close()
  return { template, drop: () => dropDatabases(url, name) }
}

/** The template and what was made of it. */
async function dropDatabases(url: string, prefix: string): Promise<void> {
  const rows = await onServer<{ datname: string }>(
    url,
    `SELECT datname FROM pg_database WHERE datname LIKE '${prefix}%'`,
  )
  for (const { datname } of rows) await onServer(url, `DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`)
}
