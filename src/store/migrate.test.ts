import { afterAll, describe, expect, inject, it } from 'vitest'
import { openTestStore } from '../testing/test-store.js'
import { migrate } from './migrate.js'
import { dropPartitions, ensurePartitions } from './partitions.js'
import { readMigrations } from './read-migrations.js'

const store = await openTestStore(inject('template'))
afterAll(() => store.close())

describe('migrate', () => {
  it('applies nothing twice', async () => {
    expect(await migrate(store, await readMigrations())).toEqual([])
  })

  it('records what it applied as prisma migrate deploy does', async () => {
    const [migration] = await readMigrations()
    const [record] = await store.sql.query<Record<string, unknown>>('SELECT * FROM "_prisma_migrations"')
    expect(record).toMatchObject({
      migration_name: migration?.name,
      checksum: migration?.checksum,
      applied_steps_count: 1,
      rolled_back_at: null,
      logs: null,
    })
    expect(record?.['finished_at']).toBeInstanceOf(Date)
  })

  it('refuses a database that is newer than the code', async () => {
    await expect(migrate(store, [])).rejects.toThrow(/newer than this version of Overlaps/)
  })

  it('refuses a database made by other files of the same name', async () => {
    const migrations = (await readMigrations()).map((migration) => ({ ...migration, checksum: 'other' }))
    await expect(migrate(store, migrations)).rejects.toThrow(/changed after they were applied/)
  })

  it('applies all or nothing', async () => {
    const migrations = await readMigrations()
    const bad = { name: '29990101000000_bad', sql: 'CREATE TABLE "Half" (); SELECT 1/0;', checksum: 'bad' }
    await expect(migrate(store, [...migrations, bad])).rejects.toThrow(/division by zero/)
    expect(await store.sql.query(`SELECT 1 FROM pg_tables WHERE tablename = 'Half'`)).toEqual([])
  })
})

describe('partitions', () => {
  const day = Date.parse('2026-11-22T13:00:00.000Z')
  const names = async () =>
    (
      await store.sql.query<{ name: string }>(
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'parts' ORDER BY 1`,
      )
    ).map((row) => row.name)

  it('are made from the day before to two days ahead, once', async () => {
    await ensurePartitions(store, day)
    await ensurePartitions(store, day)
    expect(await names()).toHaveLength(26)
    expect(await names()).toContain('WebsiteTick_2026_11_24')
  })

  it('are dropped when their whole day is older than the retention', async () => {
    expect(await dropPartitions(store, day + 7 * 86_400_000, { ticks: 7, verdicts: null, rollups: null })).toEqual([
      'Abstention_2026_11_21',
      'LateTick_2026_11_21',
      'RoundRoster_2026_11_21',
      'Submission_2026_11_21',
      'WebsiteTick_2026_11_21',
    ])
    expect(await names()).toHaveLength(21)
  })

  it('span a week, a month and a year for what is kept longer, and are dropped kind by kind', async () => {
    expect(await names()).toEqual(
      expect.arrayContaining([
        'Verdict_2026_11_16',
        'Verdict_2026_11_23',
        'QuarterRollup_2026_11_01',
        'DayRollup_2026_01_01',
      ]),
    )
    const later = Date.parse('2026-12-30T00:00:00Z')
    expect(await dropPartitions(store, later, { ticks: null, verdicts: 30, rollups: null })).toEqual([
      'AbstentionHour_2026_11_16',
      'AbstentionHour_2026_11_23',
      'Verdict_2026_11_16',
      'Verdict_2026_11_23',
    ])
    expect(await dropPartitions(store, later, { ticks: null, verdicts: null, rollups: 29 })).toEqual([
      'QuarterRollup_2026_11_01',
    ])
  })
})
