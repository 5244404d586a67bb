import type { Store } from '../store/store.js'
import { LatencySketch } from './latency-sketch.js'
import { composeSums, createBind, type Part, type SumRow } from './compose-sums.js'
import { readSums } from './read-sums.js'
import type { Segment } from './split-window.js'
import { addTally, emptyTally, type Tally } from './tally.js'

export interface AskedSum {
  websiteNo: number
  segments: readonly Segment[]
}

export interface Sum {
  tally: Tally
  /** Of the segments whose latencies were asked for. */
  latencies: LatencySketch
}

/** Sums windows in one statement, whatever their number; a stretch that several windows share is read once. */
export async function sumSegments({ sql }: Pick<Store, 'sql'>, asked: readonly AskedSum[]): Promise<Sum[]> {
  const parts = new Map<string, Part>()
  for (const { websiteNo, segments } of asked) {
    for (const segment of segments) {
      const key = keyOf(websiteNo, segment)
      // One that gives both serves for either.
      const takes = segment.takes === parts.get(key)?.takes || !parts.has(key) ? segment.takes : 'both'
      parts.set(key, { ...segment, websiteNo, takes })
    }
  }
  if (parts.size === 0) return asked.map(() => ({ tally: emptyTally(), latencies: new LatencySketch() }))
  const parameters: unknown[] = []
  const branches = composeSums([...parts.values()], createBind(parameters))
  const rows = await readSums(sql, branches, parameters, 'KEPT')
  const rowAt = new Map(rows.map((row) => [row.index, row]))
  const rowOf = new Map([...parts.keys()].map((key, index) => [key, rowAt.get(index)]))
  return asked.map(({ websiteNo, segments }) => {
    const sum: Sum = { tally: emptyTally(), latencies: new LatencySketch() }
    for (const segment of segments) addRow(sum, rowOf.get(keyOf(websiteNo, segment)), segment.takes)
    return sum
  })
}

function keyOf(websiteNo: number, { source, from, to }: Segment): string {
  return `${websiteNo} ${source} ${from} ${to}`
}

function addRow(sum: Sum, row: SumRow | undefined, takes: Segment['takes']): void {
  if (!row) return
  if (takes !== 'latencies') addTally(sum.tally, row)
  if (takes !== 'times' && row.sketches) sum.latencies.mergeEncoded(row.sketches)
}
