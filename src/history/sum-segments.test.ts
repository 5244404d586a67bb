import fc from 'fast-check'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { countOperations } from '../testing/owner/parts.js'
import { ensurePartitions } from '../store/partitions.js'
import { openTestStore } from '../testing/test-store.js'
import { DAY_MS } from '../time.js'
import { LatencySketch } from './latency-sketch.js'
import { QUARTER_MS } from './spans.js'
import { splitWindow } from './split-window.js'
import { sumSegments } from './sum-segments.js'
import { addRound, addTime, emptyTally, TALLY_COLUMNS } from './tally.js'
import { addTestVerdicts, type TestVerdict } from '../testing/history/closings.js'

const store = await openTestStore(inject('template'))
afterAll(() => store.close())
const NOON = Date.parse('2026-11-22T12:00:00.000Z')
await ensurePartitions(store, NOON)
let websiteNo = 0

type Placed = TestVerdict & { roundAt: number }

/** Rounds out of step and settings that change, so that verdicts are cut, wholly covered, or far apart. */
const chain = fc
  .array(
    fc.record({
      afterMs: fc.oneof(
        fc.constant(60_000),
        fc.integer({ min: 1, max: 2 * QUARTER_MS }),
        fc.integer({ min: 1, max: DAY_MS }),
      ),
      lengthMs: fc.oneof(
        fc.constant(60_000),
        fc.integer({ min: 1, max: QUARTER_MS }),
        fc.integer({ min: 1, max: DAY_MS }),
      ),
      status: fc.constantFrom('Good' as const, 'Bad' as const, 'Inconclusive' as const),
      inMaintenance: fc.boolean(),
      goodLatenciesUs: fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { maxLength: 2 }),
    }),
    { maxLength: 12 },
  )
  .map((steps) => {
    const verdicts: Placed[] = []
    let roundAt = NOON - DAY_MS
    let coveredUntil = 0
    for (const { afterMs, lengthMs, ...rest } of steps) {
      roundAt += afterMs
      if (roundAt >= NOON + DAY_MS) break
      const startsAfterMs = Math.min(Math.max(0, coveredUntil - roundAt), lengthMs)
      verdicts.push({ ...rest, websiteNo: 0, roundAt, startsAfterMs, lastsMs: lengthMs - startsAfterMs })
      coveredUntil = Math.max(coveredUntil, roundAt + lengthMs)
    }
    return verdicts
  })

/** Straight from the definition. */
function expected(verdicts: readonly Placed[], from: number, to: number) {
  const tally = emptyTally()
  const sketch = new LatencySketch()
  for (const {
    roundAt,
    startsAfterMs = 0,
    lastsMs = 0,
    status = 'Good',
    inMaintenance = false,
    goodLatenciesUs = [],
  } of verdicts) {
    const start = roundAt + startsAfterMs
    addTime(tally, { status, inMaintenance }, Math.max(0, Math.min(start + lastsMs, to) - Math.max(start, from)))
    if (roundAt >= from && roundAt < to) addRound(tally, { status, inMaintenance })
    const quarter = Math.floor(roundAt / QUARTER_MS) * QUARTER_MS
    const touched = from < to && quarter < to && quarter + QUARTER_MS > from
    if (touched && !inMaintenance) for (const latencyUs of goodLatenciesUs) sketch.add(latencyUs)
  }
  return { tally, sketch: Buffer.from(sketch.encode()).toString('hex') }
}

describe('sumSegments', () => {
  it('comes to what the verdicts come to, whatever the window', async () => {
    const instant = fc.integer({ min: NOON - 1.5 * DAY_MS, max: NOON + 1.9 * DAY_MS })
    const edge = instant.map((at) => Math.floor(at / QUARTER_MS) * QUARTER_MS)
    const minute = instant.map((at) => Math.floor(at / 60_000) * 60_000)
    const end = fc.oneof(instant, edge, minute)
    await fc.assert(
      fc.asyncProperty(
        chain,
        fc.array(fc.tuple(end, end), { minLength: 1, maxLength: 6 }),
        async (verdicts, windows) => {
          websiteNo += 1
          await addTestVerdicts(
            store,
            verdicts.map((verdict) => ({ ...verdict, websiteNo })),
          )
          const sums = await sumSegments(
            store,
            windows.map(([from, to]) => ({ websiteNo, segments: splitWindow({ from, to }, 'withLatencies') })),
          )
          for (const [index, [from, to]] of windows.entries()) {
            const sum = sums[index]
            const shown = { tally: sum?.tally, sketch: Buffer.from(sum?.latencies.encode() ?? []).toString('hex') }
            expect(shown).toEqual(expected(verdicts, from, Math.max(from, to)))
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('takes one statement for many websites and windows, and none for none', async () => {
    const { store: counted, count } = countOperations(store)
    const windows = [1, 7, 30].flatMap((days) =>
      [1, 2, 3].map((no) => ({
        websiteNo: no,
        segments: splitWindow({ from: NOON - days * DAY_MS - 1, to: NOON + 1 }, 'withLatencies'),
      })),
    )
    expect(await sumSegments(counted, windows)).toHaveLength(9)
    expect(count()).toBe(1)
    expect(await sumSegments(counted, [{ websiteNo: 1, segments: [] }])).toMatchObject([{ tally: emptyTally() }])
    expect(count()).toBe(1)
  })

  it('keeps websites and windows apart that ask for the same stretch', async () => {
    const [a, b] = [(websiteNo += 1), (websiteNo += 1)]
    await addTestVerdicts(store, [
      { roundAt: NOON, websiteNo: a, goodLatenciesUs: [100] },
      { roundAt: NOON, websiteNo: b, status: 'Bad' },
    ])
    const window = { from: NOON, to: NOON + QUARTER_MS }
    const [plain, withLatencies, other] = await sumSegments(store, [
      { websiteNo: a, segments: splitWindow(window, 'withoutLatencies') },
      { websiteNo: a, segments: splitWindow(window, 'withLatencies') },
      { websiteNo: b, segments: splitWindow(window, 'withLatencies') },
    ])
    expect([plain?.tally.goodMs, plain?.latencies.count]).toEqual([60_000, 0])
    expect([withLatencies?.tally.goodMs, withLatencies?.latencies.count]).toEqual([60_000, 1])
    expect([other?.tally.badMs, other?.latencies.count]).toEqual([60_000, 0])
    expect(TALLY_COLUMNS.every((column) => typeof other?.tally[column] === 'number')).toBe(true)
  })
})
