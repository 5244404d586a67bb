import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { migrate } from '../store/migrate.js'
import { storeOnPglite } from '../store/open-pglite.js'
import { openPostgres } from '../store/open-postgres.js'
import { readMigrations } from '../store/read-migrations.js'
import { describeDatabase } from './empty-database.js'
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

/** The embedded PostgreSQL asks for 128 MB of buffers, which every copy would clear and keep. */
const SMALL_MEMORY = ["shared_buffers = '8MB'", "wal_buffers = '512kB'", "maintenance_work_mem = '8MB'"]

async function createPgliteTemplate() {
  const folder = await mkdtemp(path.join(tmpdir(), 'overlaps-template-'))
  const database = await PGlite.create()
  const store = storeOnPglite(database)
  await migrate(store, await readMigrations())
  const shape = await describeDatabase(store.sql)
  for (const setting of SMALL_MEMORY) await store.sql.run(`ALTER SYSTEM SET ${setting}`)
  const dumpFile = path.join(folder, 'pglite.tar')
  await writeFile(dumpFile, Buffer.from(await (await database.dumpDataDir('none')).arrayBuffer()))
  await store.close()
  const template: TestTemplate = { kind: 'pglite', dumpFile, shape }
  return { template, drop: () => rm(folder, { recursive: true }) }
}

async function createPostgresTemplate(url: string) {
  const name = `overlaps_${randomUUID().replaceAll('-', '')}`
  await onServer(url, `CREATE DATABASE ${name}`)
  const store = await openPostgres(withDatabase(url, name), () => undefined)
  await migrate(store, await readMigrations())
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
