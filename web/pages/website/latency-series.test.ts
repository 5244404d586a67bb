import { describe, expect, it } from 'vitest'
import { latencySeries, measuredAt, niceTop } from './latency-series'
import type { LatencyPoint } from './page-data'

const point = (p50: number | null, status: LatencyPoint['status'] = null): LatencyPoint => ({
  from: '',
  to: '',
  status,
  goodMs: null,
  medianLatencyUs: p50,
  p95LatencyUs: p50 === null ? null : p50 * 2,
})

describe('a series of latencies', () => {
  it('breaks where nobody measured or nobody found it Good', () => {
    const series = latencySeries([point(null), point(10), point(20), point(null), point(null, 'Bad'), point(30)])
    expect(series.runs.map((run) => run.map(({ index }) => index))).toEqual([[1, 2], [5]])
    expect(series.gaps).toEqual([
      { first: 0, last: 0 },
      { first: 3, last: 4 },
    ])
    expect(series.topUs).toBe(60)
  })

  it('goes on over minutes that a Good verdict covers without a round', () => {
    const series = latencySeries([point(10, 'Good'), point(null, 'Good'), point(20, 'Good')])
    expect(series.gaps).toEqual([])
    expect(series.runs).toHaveLength(1)
    expect(measuredAt(series, 1)).toMatchObject({ index: 0, p50Us: 10 })
  })

  it('has nothing to show in a gap', () => {
    const series = latencySeries([point(10), point(null), point(20)])
    expect([0, 1, 2].map((index) => measuredAt(series, index)?.p50Us ?? null)).toEqual([10, null, 20])
  })

  it('has an axis that ends at a round number', () => {
    expect([0, 950, 1000, 41_000, 123_456].map(niceTop)).toEqual([1000, 1000, 1000, 50_000, 200_000])
  })
})
