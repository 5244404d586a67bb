import { expect, inject, it } from 'vitest'
import { ensurePartitions } from '../store/partitions.js'
import type { Store } from '../store/store.js'
import { openTestStore } from './test-store.js'

const open = () => openTestStore(inject('template'))
const isThere = async ({ sql }: Store, name: string) =>
  (await sql.query<{ found: boolean }>(`SELECT to_regclass($1) IS NOT NULL AS found`, [name]))[0]?.found
const partitions = async ({ sql }: Store) =>
  (await sql.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'parts'`)).map(
    ({ name }) => name,
  )
const addWebsite = async ({ prisma }: Store) =>
  prisma.website.create({ data: { name: 'x', url: 'http://x/', user: { create: { email: 'x@example.com' } } } })
const addLateTicks = async ({ sql }: Store, count: number) =>
  sql.query(`INSERT INTO "LateTick" SELECT '2026-11-22T13:00:00Z', n, 1 FROM generate_series(1, $1::int) n`, [count])

it('a database that was used is as a new one for the next test', async () => {
  for (let use = 0; use < 3; use++) {
    const store = await open()
    expect([await store.prisma.user.count(), await store.prisma.lateTick.count()]).toEqual([0, 0])
    const ofTemplate = await partitions(store)
    expect(ofTemplate).toContain('LateTick_2026_11_22')
    expect(ofTemplate.filter((name) => name.startsWith('LateTick_2027'))).toEqual([])
    expect((await addWebsite(store)).no).toBe(1)
    await ensurePartitions(store, Date.parse('2027-01-01T00:00:00Z'))
    expect(await partitions(store)).toContain('LateTick_2027_01_01')
    // Few are deleted, and many truncated.
    await addLateTicks(store, use % 2 === 0 ? 3 : 5_000)
    await Promise.all([store.close(), store.close()])
    await expect(store.sql.query('SELECT 1')).rejects.toThrow(/PGlite is closed|after calling end/)
  }
})

it.each([
  ['a table', 'CREATE TABLE "Left" (id int)'],
  ['a column', 'ALTER TABLE "User" ADD COLUMN extra int'],
  ['a table that is gone', 'DROP TABLE "DeniedHost"'],
  ['a migration', `UPDATE "_prisma_migrations" SET checksum = 'other'`],
])('one with %s changed is thrown away', async (_what, script) => {
  const store = await open()
  await store.sql.run(script)
  await store.close()
  const next = await open()
  expect([await isThere(next, '"Left"'), await isThere(next, '"DeniedHost"')]).toEqual([false, true])
  expect(
    await next.sql.query(`SELECT 1 FROM pg_attribute WHERE attname = 'extra' AND attrelid = '"User"'::regclass`),
  ).toEqual([])
  expect(await next.sql.query(`SELECT 1 FROM "_prisma_migrations" WHERE checksum = 'other'`)).toEqual([])
  await next.close()
})
