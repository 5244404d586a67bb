import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { ensurePartitions } from '../store/partitions.js'
import { openTestStore } from '../testing/test-store.js'
import { DAY_MS, MINUTE_MS } from '../time.js'
import { addToRollups } from './add-to-rollups.js'
import { LatencySketch } from './latency-sketch.js'
import { QUARTER_MS } from './spans.js'
import { addTally, emptyTally, type Tally, TALLY_COLUMNS } from './tally.js'
import { testClosing, type TestVerdict } from '../testing/history/closings.js'

const store = await openTestStore(inject('template'))
afterAll(() => store.close())
/** A minute before midnight. */
const LATE = Date.parse('2026-11-22T23:59:00.000Z')
await ensurePartitions(store, LATE)
beforeEach(() => store.sql.run('TRUNCATE "QuarterRollup"; TRUNCATE "DayRollup"'))

type Row = Tally & { websiteNo: number; startAt: Date; latency: Uint8Array | null }

const rows = (table: 'QuarterRollup' | 'DayRollup') =>
  store.sql.query<Row>(`SELECT * FROM "${table}" ORDER BY "websiteNo", "startAt"`)

const close = (roundAt: number, verdicts: TestVerdict[]) =>
  store.transaction((sql) => addToRollups(sql, testClosing(roundAt, verdicts)))

/** Only what is not 0, and the time of day. */
async function shown(table: 'QuarterRollup' | 'DayRollup') {
  return (await rows(table)).map((row) => [
    row.websiteNo,
    row.startAt.toISOString().slice(8, 16),
    Object.fromEntries(TALLY_COLUMNS.flatMap((column) => (row[column] === 0 ? [] : [[column, row[column]]]))),
  ])
}

describe('addToRollups', () => {
  it('adds a round where it belongs, in maintenance apart', async () => {
    await close(LATE, [
      { websiteNo: 1 },
      { websiteNo: 2, status: 'Bad' },
      { websiteNo: 3, status: 'Inconclusive' },
      { websiteNo: 4, status: 'Bad', inMaintenance: true },
    ])
    await close(LATE - MINUTE_MS, [{ websiteNo: 1 }, { websiteNo: 2 }])
    const expected = (start: string) => [
      [1, start, { goodMs: 120_000, goodCount: 2 }],
      [2, start, { goodMs: 60_000, goodCount: 1, badMs: 60_000, badCount: 1 }],
      [3, start, { inconclusiveMs: 60_000, inconclusiveCount: 1 }],
      [4, start, { maintenanceBadMs: 60_000, maintenanceCount: 1 }],
    ]
    expect(await shown('QuarterRollup')).toEqual(expected('22T23:45'))
    expect(await shown('DayRollup')).toEqual(expected('22T00:00'))
  })

  it('splits time at the edges, and counts the round where it began', async () => {
    await close(LATE, [{ websiteNo: 1, startsAfterMs: 30_000, lastsMs: 20 * MINUTE_MS }])
    expect(await shown('QuarterRollup')).toEqual([
      [1, '22T23:45', { goodMs: 30_000, goodCount: 1 }],
      [1, '23T00:00', { goodMs: 900_000 }],
      [1, '23T00:15', { goodMs: 270_000 }],
    ])
    expect(await shown('DayRollup')).toEqual([
      [1, '22T00:00', { goodMs: 30_000, goodCount: 1 }],
      [1, '23T00:00', { goodMs: 1_170_000 }],
    ])
  })

  it('counts a round whose time is all covered already, and one whose time begins in another quarter', async () => {
    await close(LATE, [
      { websiteNo: 1, startsAfterMs: 60_000, lastsMs: 0 },
      { websiteNo: 2, startsAfterMs: 60_000, lastsMs: MINUTE_MS, goodLatenciesUs: [5] },
    ])
    expect(await shown('QuarterRollup')).toEqual([
      [1, '22T23:45', { goodCount: 1 }],
      [2, '22T23:45', { goodCount: 1 }],
      [2, '23T00:00', { goodMs: 60_000 }],
    ])
    expect((await rows('QuarterRollup')).map(({ latency }) => latency?.length)).toEqual([undefined, 5, undefined])
  })

  it('takes the longest that a verdict can last', async () => {
    await close(LATE, [{ websiteNo: 1, lastsMs: DAY_MS }])
    expect(await rows('QuarterRollup')).toHaveLength(97)
    expect((await rows('DayRollup')).map(({ goodMs }) => goodMs)).toEqual([MINUTE_MS, DAY_MS - MINUTE_MS])
  })

  it('adds latencies to those that are there, but for those in maintenance', async () => {
    await close(LATE - MINUTE_MS, [{ websiteNo: 1, goodLatenciesUs: [100, 200] }])
    await close(LATE, [
      { websiteNo: 1, goodLatenciesUs: [300] },
      { websiteNo: 2, inMaintenance: true, goodLatenciesUs: [400] },
    ])
    // A verdict without a Good answer leaves them as they are.
    await close(LATE + 1, [{ websiteNo: 1, status: 'Bad' }])
    const expected = new LatencySketch()
    for (const latencyUs of [100, 200, 300]) expected.add(latencyUs)
    for (const table of ['QuarterRollup', 'DayRollup'] as const) {
      const [one, two] = await rows(table)
      expect(Buffer.from(one?.latency ?? [])).toEqual(Buffer.from(expected.encode()))
      expect(two?.latency).toBeNull()
    }
  })

  it('has added nothing when the round is not closed', async () => {
    await close(LATE - MINUTE_MS, [{ websiteNo: 1, goodLatenciesUs: [100] }])
    const before = [await rows('QuarterRollup'), await rows('DayRollup')]
    const failed = store.transaction(async (sql) => {
      await addToRollups(sql, testClosing(LATE, [{ websiteNo: 1, goodLatenciesUs: [200] }, { websiteNo: 2 }]))
      throw new Error('the closing failed')
    })
    await expect(failed).rejects.toThrow('the closing failed')
    expect([await rows('QuarterRollup'), await rows('DayRollup')]).toEqual(before)
  })

  it('writes many websites in statements of bounded size', async () => {
    const sizes: number[] = []
    const verdicts = Array.from({ length: 1_100 }, (_, index) => ({ websiteNo: index + 1, goodLatenciesUs: [index] }))
    await store.transaction((sql) => {
      const query: typeof sql.query = (text, parameters = []) => {
        sizes.push(...parameters.map((parameter) => (Array.isArray(parameter) ? parameter.length : 0)))
        return sql.query(text, parameters)
      }
      return addToRollups({ ...sql, query }, testClosing(LATE, verdicts))
    })
    expect(Math.max(...sizes)).toBe(250)
    expect(await rows('QuarterRollup')).toHaveLength(1_100)
    expect(await rows('DayRollup')).toHaveLength(1_100)
  })

  it('comes to the same in quarters, in days and in the verdicts', async () => {
    const verdict = fc.record({
      websiteNo: fc.constant(1),
      status: fc.constantFrom('Good' as const, 'Bad' as const, 'Inconclusive' as const),
      inMaintenance: fc.boolean(),
      lastsMs: fc.oneof(fc.integer({ min: 0, max: 2 * QUARTER_MS }), fc.integer({ min: 0, max: DAY_MS })),
      goodLatenciesUs: fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { maxLength: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(verdict, { maxLength: 8 }), async (verdicts) => {
        await store.sql.run('TRUNCATE "QuarterRollup"; TRUNCATE "DayRollup"')
        let at = LATE - DAY_MS / 2
        for (const one of verdicts) {
          await close(at, [one])
          at += Math.min(one.lastsMs, QUARTER_MS)
        }
        const sums = await Promise.all((['QuarterRollup', 'DayRollup'] as const).map(sumOf))
        expect(sums[0]).toEqual(sums[1])
        const lasted = verdicts.reduce((sum, { lastsMs }) => sum + lastsMs, 0)
        const { goodMs, badMs, inconclusiveMs, ...rest } = sums[0]?.tally ?? emptyTally()
        const maintenance = rest.maintenanceGoodMs + rest.maintenanceBadMs + rest.maintenanceInconclusiveMs
        expect(goodMs + badMs + inconclusiveMs + maintenance).toBe(lasted)
        expect(rest.goodCount + rest.badCount + rest.inconclusiveCount + rest.maintenanceCount).toBe(verdicts.length)
      }),
      { numRuns: 40 },
    )
  })
})

async function sumOf(table: 'QuarterRollup' | 'DayRollup') {
  const tally = emptyTally()
  const sketch = new LatencySketch()
  for (const row of await rows(table)) {
    addTally(tally, row)
    if (row.latency) sketch.mergeEncoded(row.latency)
  }
  return { tally, sketch: Buffer.from(sketch.encode()).toString('hex') }
}
