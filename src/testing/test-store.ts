import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { openPostgres } from '../store/open-postgres.js'
import { storeOnPglite } from '../store/open-pglite.js'
import type { Sql, Store } from '../store/store.js'
import { describeDatabase } from './describe-database.js'
import { emptyDatabase } from './empty-database.js'
import { onServer, withDatabase } from './postgres-databases.js'
import type { TestTemplate } from './test-template.js'

/**
 * Databases that tests are done with. Making one takes twenty times as long as emptying one, so they outlive their test and
 * its file: the one state that this process keeps between files.
 */
const idle: { embedded: Used<PGlite>[]; onServer: Used<string>[] } = { embedded: [], onServer: [] }
const open = new Set<Store>()

/** A database and how often it was used: what catalogs have forgotten keeps its place in them. */
interface Used<Database> {
  database: Database
  uses: number
}
const USES_MAX = 100
/** Some tests have two open at once. */
const IDLE_MAX = 2

/** A database of the test's own, migrated and with the partitions of the day at which manual clocks begin; closing the store empties it. */
export async function openTestStore(template: TestTemplate): Promise<Store> {
  const opened = template.kind === 'pglite' ? await openEmbedded(template) : await openOnServer(template)
  // Whoever closes it twice must not give back what has become somebody else's.
  let closed: Promise<void> | undefined
  const store: Store = {
    ...opened,
    close: () => {
      open.delete(store)
      return (closed ??= opened.close())
    },
  }
  open.add(store)
  return store
}

/** Closes what a file of tests has left open. */
export async function closeTestStores(): Promise<void> {
  for (const store of open) await store.close()
}

async function openEmbedded(template: Extract<TestTemplate, { kind: 'pglite' }>): Promise<Store> {
  const used = idle.embedded.pop() ?? {
    database: await PGlite.create({ loadDataDir: new Blob([await readFile(template.dumpFile)]) }),
    uses: 0,
  }
  return storeOnPglite(lend(used, template))
}

/** The database as one that is the borrower's own: closed for him once he has closed it. */
function lend(used: Used<PGlite>, template: TestTemplate): PGlite {
  const { database } = used
  let isClosed = false
  const close = async () => {
    if (isClosed) throw new Error('PGlite is closed')
    isClosed = true
    const sql: Sql = {
      query: async <Row>(text: string) => (await database.query<Row>(text)).rows,
      run: async (script) => void (await database.exec(script)),
    }
    if (!(await giveBack(idle.embedded, used, sql, template))) await database.close()
  }
  return new Proxy(database, {
    get(target, name) {
      if (name === 'closed') return isClosed
      if (name === 'close') return close
      const member = Reflect.get(target, name) as unknown
      if (typeof member !== 'function') return member
      if (isClosed) return () => Promise.reject(new Error('PGlite is closed'))
      return member.bind(target) as unknown
    },
  })
}

async function openOnServer(template: Extract<TestTemplate, { kind: 'postgres' }>): Promise<Store> {
  const used = idle.onServer.pop() ?? { database: await createOnServer(template), uses: 0 }
  const url = withDatabase(template.url, used.database)
  const store = await openPostgres(url, () => undefined)
  return {
    ...store,
    close: async () => {
      await store.close()
      if (!(await isKept(url, used, template))) {
        await onServer(template.url, `DROP DATABASE IF EXISTS ${used.database} WITH (FORCE)`)
      }
    },
  }
}

async function createOnServer({ url, name }: Extract<TestTemplate, { kind: 'postgres' }>): Promise<string> {
  const copy = `${name}_${randomUUID().slice(0, 8)}`
  await onServer(url, `CREATE DATABASE ${copy} TEMPLATE ${name}`)
  return copy
}

async function isKept(url: string, used: Used<string>, template: TestTemplate): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const sql: Sql = {
      query: async <Row>(text: string) => (await client.query(text)).rows as Row[],
      run: async (script) => void (await client.query(script)),
    }
    // What a crashed hub or a killed program left connected would hold its locks.
    await sql.run(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )
    return await giveBack(idle.onServer, used, sql, template)
  } finally {
    await client.end()
  }
}

/** Whether it is kept for the next test: emptied, and the same as a new one in all but rows. */
async function giveBack<Database>(
  places: Used<Database>[],
  { database, uses }: Used<Database>,
  sql: Sql,
  { shape }: TestTemplate,
): Promise<boolean> {
  if (places.length === IDLE_MAX || uses + 1 === USES_MAX) return false
  try {
    await emptyDatabase(sql)
    if ((await describeDatabase(sql)) !== shape) return false
  } catch {
    // Whatever a test has done to it: the next one gets another.
    return false
  }
  places.push({ database, uses: uses + 1 })
  return true
}
