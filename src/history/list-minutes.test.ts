import fc from 'fast-check'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { ensurePartitions } from '../store/partitions.js'
import { addTestVerdicts, type TestVerdict } from '../testing/history/closings.js'
import { openTestStore } from '../testing/test-store.js'
import { MINUTE_MS } from '../time.js'
import { listMinutes } from './list-minutes.js'

const store = await openTestStore(inject('template'))
afterAll(() => store.close())
const NOON = Date.parse('2026-11-22T12:00:00.000Z')
await ensurePartitions(store, NOON)
let websiteNo = 0

type Placed = Required<Omit<TestVerdict, 'websiteNo'>> & { roundAt: number }

/** Rounds every few seconds or minutes, some of them beyond the next: verdicts that are cut, and minutes with several. */
const chain = fc
  .array(
    fc.record({
      afterMs: fc.constantFrom(10_000, MINUTE_MS, 90_000, 4 * MINUTE_MS),
      lengthMs: fc.constantFrom(10_000, MINUTE_MS, 5 * MINUTE_MS),
      status: fc.constantFrom('Good' as const, 'Bad' as const, 'Inconclusive' as const),
      inMaintenance: fc.boolean(),
      goodLatenciesUs: fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { maxLength: 45 }),
    }),
    { maxLength: 25 },
  )
  .map((steps) => {
    const verdicts: Placed[] = []
    let [roundAt, coveredUntil] = [NOON - 30 * MINUTE_MS, 0]
    for (const { afterMs, lengthMs, ...rest } of steps) {
      roundAt += afterMs
      const startsAfterMs = Math.min(Math.max(0, coveredUntil - roundAt), lengthMs)
      verdicts.push({ ...rest, roundAt, startsAfterMs, lastsMs: lengthMs - startsAfterMs })
      coveredUntil = Math.max(coveredUntil, roundAt + lengthMs)
    }
    return verdicts
  })

/** The smallest latency that at least so many of them do not exceed. */
function naivePercentile(latenciesUs: readonly number[], percent: number): number {
  const rank = Math.floor(((latenciesUs.length - 1) * percent) / 100) + 1
  return Math.min(...latenciesUs.filter((one) => latenciesUs.filter((other) => other <= one).length >= rank))
}

/** Straight from the definition, second by second; null where there is nothing. */
function recount(verdicts: readonly Placed[], from: number, until: number) {
  const times = { Good: 0, Bad: 0, Inconclusive: 0, maintenance: 0 }
  const to = Math.min(from + MINUTE_MS, until)
  for (let second = from; second < to; second += 1_000) {
    const over = verdicts.find(
      ({ roundAt, startsAfterMs, lastsMs }) =>
        second >= roundAt + startsAfterMs && second < roundAt + startsAfterMs + lastsMs,
    )
    if (over) times[over.inMaintenance ? 'maintenance' : over.status] += 1_000
  }
  const begun = verdicts.filter(({ roundAt }) => roundAt >= from && roundAt < to)
  const measured = begun.findLast(({ inMaintenance, goodLatenciesUs }) => !inMaintenance && goodLatenciesUs.length > 0)
  if (begun.length === 0 && Object.values(times).every((ms) => ms === 0)) return null
  const percentile = (percent: number) => (measured ? naivePercentile(measured.goodLatenciesUs, percent) : null)
  return { ...times, rounds: begun.length, p50: percentile(50), p95: percentile(95) }
}

describe('listMinutes', () => {
  it('comes to what the verdicts and their answers come to, minute by minute', async () => {
    const minute = fc.integer({ min: -35, max: 60 }).map((minutes) => NOON + minutes * MINUTE_MS)
    await fc.assert(
      fc.asyncProperty(
        chain,
        minute,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 2_400 }),
        async (verdicts, from, count, untilS) => {
          websiteNo += 1
          const placed = verdicts.map((verdict) => ({ ...verdict, websiteNo }))
          await addTestVerdicts(store, placed)
          const edges = Array.from({ length: count + 1 }, (_, index) => from + index * MINUTE_MS)
          const until = from + untilS * 1_000
          const [list = []] = await listMinutes(store, {
            websiteNos: [websiteNo],
            points: { kind: 'points', edges, source: 'verdicts' },
            until,
          })
          const told = list.map((point) => {
            if (!point) return null
            const { goodMs: Good, badMs: Bad, inconclusiveMs: Inconclusive, ...tally } = point.tally
            const maintenance = tally.maintenanceGoodMs + tally.maintenanceBadMs + tally.maintenanceInconclusiveMs
            const rounds = tally.goodCount + tally.badCount + tally.inconclusiveCount + tally.maintenanceCount
            const latencies = { p50: point.medianLatencyUs, p95: point.p95LatencyUs }
            return { Good, Bad, Inconclusive, maintenance, rounds, ...latencies }
          })
          expect(told).toEqual(edges.slice(0, -1).map((edge) => recount(verdicts, edge, until)))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('has no percentile, and not 0, of verdicts made before it was kept', async () => {
    websiteNo += 1
    await addTestVerdicts(store, [{ roundAt: NOON, websiteNo, goodLatenciesUs: [5, 7, 9] }])
    await store.sql.query(`UPDATE "Verdict" SET "p95LatencyUs" = NULL WHERE "websiteNo" = $1::int`, [websiteNo])
    const points = { kind: 'points', edges: [NOON, NOON + MINUTE_MS], source: 'verdicts' } as const
    const [list] = await listMinutes(store, { websiteNos: [websiteNo], points, until: NOON + MINUTE_MS })
    expect(list).toMatchObject([{ medianLatencyUs: 7, p95LatencyUs: null }])
  })
})
