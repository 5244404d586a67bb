import { writeFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { migrate } from '../store/migrate.js'
import { storeOnPglite } from '../store/open-pglite.js'
import { readMigrations } from '../store/read-migrations.js'
import { describeDatabase } from './describe-database.js'
import { addPartitions } from './empty-database.js'

/** The embedded PostgreSQL asks for 128 MB of buffers, which every copy would clear and keep. */
const SMALL_MEMORY = ["shared_buffers = '8MB'", "wal_buffers = '512kB'", "maintenance_work_mem = '8MB'"]

/** A program: making a database takes 800 MB, which whoever made it would keep. It writes a dump and prints its shape. */
const [dumpFile = ''] = process.argv.slice(2)
const database = await PGlite.create()
const store = storeOnPglite(database)
await migrate(store, await readMigrations())
await addPartitions(store)
const shape = await describeDatabase(store.sql)
// Two of its three databases are for making others, which nobody does here: half of the dump.
await store.sql.run('UPDATE pg_database SET datistemplate = false')
for (const { name } of await store.sql.query<{ name: string }>(
  'SELECT datname AS name FROM pg_database WHERE datname <> current_database()',
)) {
  await store.sql.run(`DROP DATABASE "${name}"`)
}
for (const setting of SMALL_MEMORY) await store.sql.run(`ALTER SYSTEM SET ${setting}`)
await writeFile(dumpFile, Buffer.from(await (await database.dumpDataDir('none')).arrayBuffer()))
await store.close()
process.stdout.write(shape)
