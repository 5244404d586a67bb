// Prints the SQL that leads from prisma/migrations to prisma/schema.prisma: the body of the next migration.
// Nothing printed means that they agree; `--check` exits with 1 when they don't.
// The schema engine's WebAssembly build is Prisma's own and internal, so it is used nowhere else.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { readMigrations } from '../dist/store/read-migrations.js'

const folder = path.dirname(fileURLToPath(import.meta.url))
const schema = {
  path: path.join(folder, 'schema.prisma'),
  content: await readFile(path.join(folder, 'schema.prisma'), 'utf8'),
}
const require = createRequire(import.meta.url)

async function openSchemaEngine(factory) {
  const engineFolder = path.dirname(require.resolve('@prisma/schema-engine-wasm'))
  const engine = await import(pathToFileURL(path.join(engineFolder, 'schema_engine_bg.js')).href)
  const wasm = await readFile(path.join(engineFolder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': engine })
  engine.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return engine.SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => {}, factory)
}

const database = await PGlite.create()
for (const migration of await readMigrations()) await database.exec(migration.sql)
const engine = await openSchemaEngine(bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(database)))
const { stdout } = await engine.diff({
  from: { tag: 'schemaDatasource', files: [schema], configDir: folder },
  to: { tag: 'schemaDatamodel', files: [schema] },
  script: true,
  shadowDatabaseUrl: null,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
})
await database.close()
const sql = (stdout ?? '').replaceAll('-- This is an empty migration.', '').trim()
if (sql) console.log(sql)
else console.error('prisma/migrations and prisma/schema.prisma agree')
process.exit(process.argv.includes('--check') && sql ? 1 : 0)
