import type { Store } from '../store/store.js'
import { composeSums, createBind, createWithin, type Part, rollupSums, type SumRow } from './compose-sums.js'
import { LatencySketch } from './latency-sketch.js'
import type { PlannedPoints } from './plan-points.js'
import { EARLIEST, type Segment, splitWindow } from './split-window.js'
import { readSums } from './read-sums.js'
import { addTally, emptyTally, type Tally, TALLY_COLUMNS } from './tally.js'

export interface PointData {
  tally: Tally
  /** Microseconds; null without Good answers, and where latencies were not asked for or not kept. */
  medianLatencyUs: number | null
  p95LatencyUs: number | null
}

export interface AskedList {
  websiteNos: readonly number[]
  points: PlannedPoints
  /** Unix milliseconds; what is later is not told. */
  until: number
  latencies: 'withLatencies' | 'withoutLatencies'
}

interface Gathered {
  tally: Tally
  latencies: LatencySketch | null
}

/** Null where there is no verdict. The database groups whole points; the last is summed like a window that ends now. */
export async function listPoints(
  { sql }: Pick<Store, 'sql'>,
  { websiteNos, points: { edges, source }, until, latencies }: AskedList,
): Promise<(PointData | null)[][]> {
  const whole = edges.slice(0, edges.findLastIndex((edge) => edge <= until) + 1)
  const wholeCount = Math.max(whole.length - 1, 0)
  const going = goingOn(edges, whole.length, until, latencies)
  const parts: Part[] = websiteNos.flatMap((websiteNo) => going.map((segment) => ({ ...segment, websiteNo })))
  const parameters: unknown[] = []
  const bind = createBind(parameters)
  const branches = composeSums(parts, bind)
  if ((whole.at(-1) ?? EARLIEST) > EARLIEST) {
    const within = createWithin(bind, whole[0] ?? 0, whole.at(-1) ?? 0)
    const sketches = latencies === 'withLatencies' ? `string_agg(r.latency, ''::bytea)` : null
    branches.push(`
SELECT (${parts.length} + (w.place - 1) * ${wholeCount} + x.bucket - 1)::int AS index, ${COLUMNS}
FROM unnest(${bind(websiteNos)}::int[]) WITH ORDINALITY AS w(no, place) CROSS JOIN LATERAL (
  SELECT width_bucket(r."startAt", ${bind(whole.map((edge) => new Date(edge)))}::timestamptz[]) AS bucket, ${rollupSums(sketches)}
  FROM "${source === 'days' ? 'DayRollup' : 'QuarterRollup'}" r
  WHERE r."websiteNo" = w.no AND ${within('r."startAt"')} GROUP BY 1
) x`)
  }
  const lists = websiteNos.map(() => Array.from({ length: edges.length - 1 }, (): Gathered | null => null))
  const rows = branches.length === 0 ? [] : await readSums(sql, branches, parameters)
  for (const row of rows) {
    const isGoing = row.index < parts.length
    const place = isGoing ? row.index : row.index - parts.length
    const list = lists[Math.floor(place / (isGoing ? going.length : wholeCount))] ?? []
    const point = isGoing ? wholeCount : place % wholeCount
    list[point] = gather(list[point], row, isGoing ? going[place % going.length]?.takes : 'both')
  }
  return lists.map((list) => list.map(toPoint))
}

const COLUMNS = [...TALLY_COLUMNS, 'sketches'].map((column) => `x."${column}"`).join(', ')

function goingOn(
  edges: readonly number[],
  wholeEdges: number,
  until: number,
  latencies: AskedList['latencies'],
): Segment[] {
  const [from, to] = [edges[wholeEdges - 1], edges[wholeEdges]]
  return from === undefined || to === undefined ? [] : splitWindow({ from, to: until }, latencies)
}

function gather(gathered: Gathered | null | undefined, row: SumRow, takes: Segment['takes'] = 'both'): Gathered {
  const point = gathered ?? { tally: emptyTally(), latencies: null }
  if (takes !== 'latencies') addTally(point.tally, row)
  if (takes !== 'times' && row.sketches) {
    point.latencies ??= new LatencySketch()
    point.latencies.mergeEncoded(row.sketches)
  }
  return point
}

function toPoint(gathered: Gathered | null): PointData | null {
  if (!gathered || TALLY_COLUMNS.every((column) => gathered.tally[column] === 0)) return null
  const { tally, latencies } = gathered
  return { tally, medianLatencyUs: rounded(latencies, 50), p95LatencyUs: rounded(latencies, 95) }
}

function rounded(latencies: LatencySketch | null, percent: number): number | null {
  const value = latencies?.percentile(percent) ?? null
  return value === null ? null : Math.round(value)
}
