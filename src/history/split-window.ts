import { DAY_MS } from '../time.js'
import { ceilTo, floorTo, QUARTER_MS } from './spans.js'

export type Source = 'verdicts' | 'quarters' | 'days'

/** A stretch of time summed from one table; of rollups it holds whole ones. */
export interface Segment {
  source: Source
  /** Unix milliseconds, as `to`, which is not included. */
  from: number
  to: number
  takes: 'times' | 'latencies' | 'both'
}

/** Earlier nothing is stored, and not every instant is known to the database. */
export const EARLIEST = 0

/** A window in as few rows as it can be told from: days, quarters up to them, verdicts in the quarters at its ends. */
export function splitWindow(
  { from, to }: { from: number; to: number },
  latencies: 'withLatencies' | 'withoutLatencies',
): Segment[] {
  const start = Math.max(from, EARLIEST)
  if (start >= to) return []
  const [first, last] = [ceilTo(start, QUARTER_MS), floorTo(to, QUARTER_MS)]
  const edges: Segment[] =
    first > last
      ? [{ source: 'verdicts', from: start, to, takes: 'times' }]
      : [
          { source: 'verdicts', from: start, to: first, takes: 'times' },
          { source: 'verdicts', from: last, to, takes: 'times' },
        ]
  const segments = [...edges.filter(isNotEmpty), ...splitQuarters(first, last, latencies)]
  if (latencies === 'withoutLatencies') return segments
  const touched = new Set([floorTo(start, QUARTER_MS), last].filter((quarter) => quarter < first || quarter >= last))
  for (const quarter of touched) {
    if (quarter < to) segments.push({ source: 'quarters', from: quarter, to: quarter + QUARTER_MS, takes: 'latencies' })
  }
  return segments
}

function splitQuarters(from: number, to: number, latencies: 'withLatencies' | 'withoutLatencies'): Segment[] {
  const takes = latencies === 'withLatencies' ? 'both' : 'times'
  const [firstDay, lastDay] = [ceilTo(from, DAY_MS), floorTo(to, DAY_MS)]
  const segments: Segment[] =
    firstDay >= lastDay
      ? [{ source: 'quarters', from, to, takes }]
      : [
          { source: 'quarters', from, to: firstDay, takes },
          { source: 'days', from: firstDay, to: lastDay, takes },
          { source: 'quarters', from: lastDay, to, takes },
        ]
  return segments.filter(isNotEmpty)
}

function isNotEmpty({ from, to }: Segment): boolean {
  return from < to
}
