import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import fc, { type GeneratorValue } from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createEmptyDatabase } from '../../testing/postgres-databases.js'
import { migrate } from '../migrate.js'
import { storeOnPglite } from '../open-pglite.js'
import { openPostgres } from '../open-postgres.js'
import { ensurePartitions } from '../partitions.js'
import { readMigrations } from '../read-migrations.js'
import type { Sql, Store } from '../store.js'
import { checkBackup } from './check-backup.js'
import { describeTables } from './describe-tables.js'
import { FILLED_DAY, fillTables, readEverything, readTableNames } from '../../testing/store/fill-tables.js'
import { readColumns, readRows } from '../../testing/store/known-columns.js'
import { asNamedNow, OLDER_NAMES, OLDER_PARTITIONED } from '../../testing/store/older-names.js'
import { rolledBack } from '../../testing/store/rolled-back.js'
import { restoreBackup } from './restore-backup.js'
import { describeBackup, writeBackup } from './write-backup.js'

/** The embedded one and, where the tests have a server, PostgreSQL. */
const stores: Store[] = []
const migrations = await readMigrations()
const closers: (() => Promise<unknown>)[] = []
let folder: string
let fileCount = 0

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-backup-'))
  closers.push(() => rm(folder, { recursive: true }))
  stores.push(storeOnPglite(await PGlite.create()))
  const template = inject('template')
  if (template.kind === 'postgres') {
    const { url, drop } = await createEmptyDatabase(template)
    closers.unshift(drop)
    stores.push(await openPostgres(url, () => undefined))
  }
}, 120_000)
afterAll(async () => {
  for (const store of stores) await store.close()
  for (const close of closers) await close()
})

async function makeTables(sql: Sql, count = migrations.length): Promise<void> {
  const within = { sql, transaction: <Result>(work: (sql: Sql) => Promise<Result>) => work(sql) }
  await migrate(within, migrations.slice(0, count))
  if (count === migrations.length) await ensurePartitions(within, FILLED_DAY)
}

async function backUp(sql: Sql, kind: Store['kind']): Promise<string> {
  const file = path.join(folder, `${fileCount++}.backup`)
  const text = writeBackup(sql, await describeBackup(sql, kind, FILLED_DAY))
  await pipeline(text, createGzip(), createWriteStream(file))
  return file
}

describe('a backup', () => {
  it('has every table that there is', async () => {
    await rolledBack(stores[0] as Store, async (sql) => {
      await makeTables(sql)
      expect((await describeTables(sql)).map(({ name }) => name).sort()).toEqual(await readTableNames(sql))
    })
  })

  it('restores everything, whatever it is, from either database into either', async () => {
    for (const source of stores) {
      for (const target of stores.length === 1 ? stores : stores.filter((store) => store !== source)) {
        await fc.assert(
          fc.asyncProperty(fc.gen(), async (generate) => {
            const { file, before } = await rolledBack(source, async (sql) => {
              await makeTables(sql)
              await fillTables(sql, generate)
              return { file: await backUp(sql, source.kind), before: await readEverything(sql) }
            })
            const after = await rolledBack(target, async (sql) => {
              await restoreBackup(sql, file)
              return readEverything(sql)
            })
            expect(after).toEqual(before)
            expect(Object.values(before).every((rows) => rows.length > 0)).toBe(true)
            expect(await checkBackup(file, migrations)).toMatchObject({
              kind: 'usable',
              header: { kind: source.kind },
              rowCounts: { WebsiteTick: before['WebsiteTick']?.length },
            })
          }),
          { numRuns: 8, endOnFailure: true },
        )
      }
    }
  }, 180_000)

  it('of more rows than one statement takes is restored as well', async () => {
    const count = 1_234
    const [store] = stores as [Store]
    const file = await rolledBack(store, async (sql) => {
      await makeTables(sql)
      await sql.query(
        `INSERT INTO "DeniedHost" (host, reason, "createdAt") SELECT n || '.example', repeat('long ', n), now() FROM generate_series(1, $1::int) n`,
        [count],
      )
      return backUp(sql, store.kind)
    })
    const restored = await rolledBack(store, (sql) => restoreBackup(sql, file))
    expect(restored.rowCounts['DeniedHost']).toBe(count)
  })

  it('of an older version gets the later migrations after its rows', async () => {
    const [store] = stores as [Store]
    const file = await rolledBack(store, async (sql) => {
      await makeTables(sql, 1)
      await sql.run(`INSERT INTO "User" (id, email) VALUES (gen_random_uuid(), 'old@example.com')`)
      return backUp(sql, store.kind)
    })
    await rolledBack(store, async (sql) => {
      expect((await restoreBackup(sql, file)).header.migrations).toHaveLength(1)
      expect(await sql.query('SELECT email FROM "User"')).toEqual([{ email: 'old@example.com' }])
      expect(await sql.query('SELECT 1 FROM "_prisma_migrations"')).toHaveLength(migrations.length)
      expect((await describeTables(sql)).map(({ name }) => name).sort()).toEqual(await readTableNames(sql))
    })
  })

  it('of the version before keeps all its rows under the later migrations', async () => {
    const count = migrations.findLastIndex(({ name }) => name <= '20261122180000_safety') + 1
    for (const store of stores) {
      const { file, columns, before } = await rolledBack(store, async (sql) => {
        await makeTables(sql, count)
        await ensurePartitions({ sql, transaction: (work) => work(sql) }, FILLED_DAY, OLDER_PARTITIONED)
        await fillTables(sql, fc.sample(fc.gen(), 1)[0] as GeneratorValue)
        const known = await readColumns(sql)
        return { file: await backUp(sql, store.kind), columns: known, before: await readRows(sql, known) }
      })
      await rolledBack(store, async (sql) => {
        expect((await restoreBackup(sql, file)).header.migrations).toHaveLength(count)
        await sql.run(OLDER_NAMES)
        expect(await readRows(sql, asNamedNow(columns))).toEqual(before)
        expect(before['Round']?.length).toBeGreaterThan(0)
        expect(before['WebhookAttempt']?.length).toBeGreaterThan(0)
        expect(await sql.query(`SELECT DISTINCT kind::text, "rewardLamports" FROM "Round"`)).toEqual([
          { kind: 'SCHEDULED', rewardLamports: null },
        ])
      })
    }
  })

  it('is not made of a database that is newer than the code', async () => {
    const [store] = stores as [Store]
    await rolledBack(store, async (sql) => {
      await makeTables(sql)
      await sql.run(
        `UPDATE "_prisma_migrations" SET migration_name = '29990101000000_later' WHERE checksum = '${migrations.at(-1)?.checksum ?? ''}'`,
      )
      await expect(backUp(sql, store.kind)).rejects.toThrow(/newer than this version of Overlaps/)
    })
  })

  it('is not restored into a database that is used, by whomever', async () => {
    const [store] = stores as [Store]
    const file = await rolledBack(store, async (sql) => {
      await makeTables(sql)
      return backUp(sql, store.kind)
    })
    await rolledBack(store, async (sql) => {
      await sql.run('CREATE TABLE "Somebody" ()')
      await expect(restoreBackup(sql, file)).rejects.toThrow(/not empty \(it has the table Somebody\)/)
      expect(await readTableNames(sql)).toEqual(['Somebody'])
    })
  })
})
