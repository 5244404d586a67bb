import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { migrate } from '../store/migrate.js'
import { openPostgres } from '../store/open-postgres.js'
import { storeOnPglite } from '../store/open-pglite.js'
import { readMigrations } from '../store/read-migrations.js'
import type { Store } from '../store/store.js'

/** A migrated, empty database to copy for each test: a dump of PGlite's folder, or a PostgreSQL template. */
export type TestTemplate = { kind: 'pglite'; dumpFile: string } | { kind: 'postgres'; url: string; name: string }

/** Makes the template once for a whole run. `postgresUrl` is a server's, as somebody who may create databases. */
export async function createTestTemplate(
  postgresUrl: string | undefined,
): Promise<{ template: TestTemplate; drop: () => Promise<void> }> {
  const migrations = await readMigrations()
  if (postgresUrl === undefined) {
    const store = await createPgliteTemplate()
    await migrate(store.store, migrations)
    const folder = await mkdtemp(path.join(tmpdir(), 'overlaps-template-'))
    const dumpFile = path.join(folder, 'pglite.tar')
    await writeFile(dumpFile, Buffer.from(await (await store.database.dumpDataDir('none')).arrayBuffer()))
    await store.store.close()
    return { template: { kind: 'pglite', dumpFile }, drop: () => rm(folder, { recursive: true }) }
  }
  const name = `overlaps_template_${randomUUID().replaceAll('-', '')}`
  await onServer(postgresUrl, `CREATE DATABASE ${name}`)
  const store = await openPostgres(withDatabase(postgresUrl, name), () => undefined)
  await migrate(store, migrations)
  await store.close()
  return {
    template: { kind: 'postgres', url: postgresUrl, name },
    drop: () => onServer(postgresUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}

async function createPgliteTemplate() {
  const database = await PGlite.create()
  return { database, store: storeOnPglite(database) }
}

/** A database of the test's own; closing the store throws it away. */
export async function openTestStore(template: TestTemplate): Promise<Store> {
  if (template.kind === 'pglite') {
    return storeOnPglite(await PGlite.create({ loadDataDir: new Blob([await readFile(template.dumpFile)]) }))
  }
  const name = `overlaps_test_${randomUUID().replaceAll('-', '')}`
  await onServer(template.url, `CREATE DATABASE ${name} TEMPLATE ${template.name}`)
  const store = await openPostgres(withDatabase(template.url, name), () => undefined)
  return {
    ...store,
    close: async () => {
      await store.close()
      await onServer(template.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

/** A database of the test's own on the template's server, without a table. */
export async function createEmptyDatabase({
  url,
}: Extract<TestTemplate, { kind: 'postgres' }>): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `overlaps_empty_${randomUUID().replaceAll('-', '')}`
  await onServer(url, `CREATE DATABASE ${name}`)
  return {
    url: withDatabase(url, name),
    drop: () => onServer(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}

function withDatabase(url: string, name: string): string {
  const parsed = new URL(url)
  parsed.pathname = `/${name}`
  return parsed.href
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
