import fc from 'fast-check'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { computeUptime, uptimeRatio } from './compute-uptime.js'
import { createTestHistory, MINUTE_MS } from './test-history.js'

describe('uptimeRatio', () => {
  it.each([
    [0, 0, null],
    [1, 0, 1],
    [0, 1, 0],
    [1, 1, 0.5],
    [2, 1, 0.666666],
    [1, 2, 0.333333],
    [59, 1, 0.983333],
    [7199, 1, 0.999861],
    [2_999_999, 1, 0.999999],
    [999_999_999, 1, 0.999999],
    [1, 2_999_999, 0],
  ])('%i Good and %i Bad is %s', (good, bad, ratio) => {
    expect(uptimeRatio(good, bad)).toBe(ratio)
  })

  it('is never 1 with a Bad, never above the share and never a millionth below it', () => {
    const count = fc.integer({ min: 0, max: 2 ** 31 })
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 2 ** 31 }), (good, bad) => {
        const ratio = uptimeRatio(good, bad) ?? Number.NaN
        expect(ratio).toBeLessThan(1)
        const millionths = BigInt(Math.round(ratio * 1_000_000))
        const exact = BigInt(good) * 1_000_000n
        expect(millionths * BigInt(good + bad) <= exact).toBe(true)
        expect((millionths + 1n) * BigInt(good + bad) > exact).toBe(true)
      }),
    )
  })
})

describe('computeUptime', async () => {
  const history = await createTestHistory(inject('template'))
  const { parts } = history
  afterAll(() => parts.store.close())
  const website = await history.addWebsite(await history.addOwner('owner'), 'a')
  const other = await history.addWebsite(website.userId, 'b')
  const validators = await Promise.all([history.addValidator(), history.addValidator()])
  const noon = Date.parse('2026-11-22T12:00:00.000Z')
  const compute = (from: number, until: number) => computeUptime(parts.store, { websiteNo: website.no, from, until })

  it('counts, and takes percentiles by nearest rank over Good ticks alone', async () => {
    // 20 Good latencies of 1 to 20 ms over two validators, then a Bad that was slow.
    const latencies = Array.from({ length: 20 }, (_, index) => 20_000 - index * 1_000)
    for (const [index, validator] of validators.entries()) {
      const mine = latencies.filter((_latency, position) => position % 2 === index)
      const answers = mine.map((latencyUs, minute) => ({ website, roundAt: noon + minute * MINUTE_MS, latencyUs }))
      await history.submit(validator, 'batch', [
        ...answers,
        { website, roundAt: noon + 10 * MINUTE_MS, status: 'Bad', failure: 'STATUS', detail: null, latencyUs: 900_000 },
        { website: other, roundAt: noon, latencyUs: 1 },
      ])
    }
    expect(await compute(noon, noon + 11 * MINUTE_MS)).toEqual({
      goodCount: 20,
      badCount: 2,
      tickCount: 22,
      ratio: 0.90909,
      latency: { minUs: 1_000, medianUs: 10_000, p95Us: 19_000, maxUs: 20_000 },
    })
  })

  it('takes the first instant in and leaves the last out', async () => {
    expect(await compute(noon, noon + MINUTE_MS)).toMatchObject({ goodCount: 2, latency: { minUs: 19_000 } })
    expect(await compute(noon + 1, noon + MINUTE_MS)).toMatchObject({ tickCount: 0 })
  })

  it('makes nothing up without data', async () => {
    const nothing = { goodCount: 0, badCount: 0, tickCount: 0, ratio: null, latency: null }
    expect(await compute(noon - MINUTE_MS, noon)).toEqual(nothing)
    expect(await compute(noon, noon)).toEqual(nothing)
    expect(await compute(noon + 10 * MINUTE_MS, noon + 11 * MINUTE_MS)).toEqual({
      ...nothing,
      badCount: 2,
      tickCount: 2,
      ratio: 0,
    })
  })
})
