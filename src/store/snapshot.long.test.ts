import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { eventually } from '../testing/eventually.js'
import { openTestStore } from '../testing/test-store.js'
import { openPglite } from './open-pglite.js'
import { dropPartitions, ensurePartitions } from './partitions.js'
import type { Sql, Store } from './store.js'

const store = await openTestStore(inject('template'))
afterAll(() => store.close())

const hosts = async (sql: Sql) =>
  (await sql.query<{ host: string }>('SELECT host FROM "DeniedHost" ORDER BY 1')).map(({ host }) => host)
const deny = ({ sql }: Pick<Store, 'sql'>, host: string) =>
  sql.query(`INSERT INTO "DeniedHost" (host, reason, "createdAt") VALUES ($1, '', now())`, [host])

describe('a snapshot', () => {
  it('stands still while others write, and keeps nobody waiting', async () => {
    await deny(store, 'a.example')
    const seen = await store.snapshot(async (sql) => {
      const before = await hosts(sql)
      await deny(store, 'b.example')
      return [before, await hosts(sql), await hosts(store.sql)]
    })
    expect(seen).toEqual([['a.example'], ['a.example'], ['a.example', 'b.example']])
  })

  it('ends with the fault of whoever reads it, and the next one is as good', async () => {
    const fail = async (sql: Sql) => {
      await sql.query('SELECT 1')
      throw new Error('enough')
    }
    await expect(store.snapshot(fail)).rejects.toThrow('enough')
    expect(await store.snapshot(hosts)).toHaveLength(2)
  })

  it('lets today’s partitions be made, and those of later days and the dropping wait', async () => {
    const day = Date.parse('2026-11-22T13:00:00.000Z')
    await ensurePartitions(store, day)
    const names = async () =>
      (await store.sql.query(`SELECT 1 FROM pg_tables WHERE schemaname = 'parts' AND tablename LIKE 'WebsiteTick%'`))
        .length
    const nextDay = day + 86_400_000
    const [duringMaking, duringDropping] = await store.snapshot(async () => {
      await ensurePartitions(store, nextDay)
      const made = await names()
      return [made, await dropPartitions(store, nextDay, { ticks: 0, verdicts: null, rollups: null })]
    })
    // A copy of an embedded database blocks nobody.
    const waits = store.kind === 'postgres'
    expect(duringMaking).toBe(waits ? 4 : 5)
    expect(duringDropping).toHaveLength(waits ? 0 : 10)
    // A connection that was given up lets go of its lock when the server notices.
    await eventually(async () => {
      await ensurePartitions(store, nextDay)
      expect(await names()).toBe(waits ? 5 : 4)
    })
  })
})

/** All but the holder's sign of life. */
const namesIn = async (folder: string) => (await readdir(folder)).filter((name) => !name.endsWith('.socket')).sort()

describe('a copy of an embedded database', () => {
  it('is made beside it and leaves nothing behind, nor does one whose maker was killed', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'overlaps-copy-'))
    await mkdir(path.join(folder, 'pglite-temporary-of-one-that-was-killed'))
    const embedded = await openPglite(folder, () => undefined)
    try {
      expect(await namesIn(folder)).toEqual(['hub.lock', 'pglite'])
      await embedded.sql.run('CREATE TABLE "Copied" AS SELECT 7 AS n')
      const [copied, beside] = await embedded.snapshot(async (sql) => [
        await sql.query('SELECT n FROM "Copied"'),
        await namesIn(folder),
      ])
      expect(copied).toEqual([{ n: 7 }])
      expect(beside).toEqual(['hub.lock', 'pglite', expect.stringMatching(/^pglite-temporary-/) as string])
      expect(await namesIn(folder)).toEqual(['hub.lock', 'pglite'])
    } finally {
      await embedded.close()
      await rm(folder, { recursive: true })
    }
  }, 120_000)
})
