import type { LatencyPoint } from './page-data'

/** A point that has latencies, by its place in the range. */
export interface Measured {
  index: number
  p50Us: number
  p95Us: number
}

export interface LatencySeries {
  /** Neighbours without a gap between them. */
  runs: Measured[][]
  /** From the first point without a latency to the last one, both included. */
  gaps: { first: number; last: number }[]
  /** Highest of the axis. */
  topUs: number
}

/**
 * Splits at what nobody measured or nobody found Good. A minute that a verdict covers and in which no round began goes on
 * with what was measured before.
 */
export function latencySeries(points: readonly LatencyPoint[]): LatencySeries {
  const runs: Measured[][] = []
  const gaps: LatencySeries['gaps'] = []
  let run: Measured[] = []
  for (const [index, { medianLatencyUs: p50Us, p95LatencyUs, status }] of points.entries()) {
    if (p50Us !== null) {
      run.push({ index, p50Us, p95Us: p95LatencyUs ?? p50Us })
      continue
    }
    if (run.length > 0 && status === 'Good') continue
    if (run.length > 0) runs.push(run)
    run = []
    const gap = gaps.at(-1)
    if (gap?.last === index - 1) gap.last = index
    else gaps.push({ first: index, last: index })
  }
  if (run.length > 0) runs.push(run)
  const highest = Math.max(0, ...runs.flat().map(({ p95Us }) => p95Us))
  return { runs, gaps, topUs: niceTop(highest) }
}

const STEPS = [1, 2, 3, 4, 5, 6, 8, 10] as const

/** The next round number that is not below. */
export function niceTop(us: number): number {
  if (us <= 0) return 1000
  const power = 10 ** Math.floor(Math.log10(us))
  return power * (STEPS.find((step) => step * power >= us) ?? 10)
}

/** What the chart shows at a point: its own latency, or the one before that still counts. */
export function measuredAt({ runs }: LatencySeries, index: number): Measured | null {
  for (const run of runs) {
    const last = run.at(-1)
    if (last === undefined || last.index < index) continue
    return run.findLast((one) => one.index <= index) ?? null
  }
  return null
}
