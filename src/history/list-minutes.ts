import type { VerdictStatus } from '../generated/prisma/client.js'
import type { Store } from '../store/store.js'
import { createBind, createWithin, sinceRound } from './compose-sums.js'
import type { AskedList, PointData } from './list-points.js'
import { VERDICT_LASTS_MAX_MS } from './spans.js'
import { addRound, addTime, emptyTally } from './tally.js'

interface VerdictRow {
  place: number
  roundAt: number
  startsAfterMs: number
  lastsMs: number
  medianLatencyUs: number | null
  p95LatencyUs: number | null
  status: VerdictStatus
  inMaintenance: boolean
}

/** The points of each website from single verdicts. Latencies are those of the newest round with any: percentiles do not add up. */
export async function listMinutes(
  { sql }: Pick<Store, 'sql'>,
  { websiteNos, points: { edges }, until }: Omit<AskedList, 'latencies'>,
): Promise<(PointData | null)[][]> {
  const lists = websiteNos.map(() => Array.from({ length: edges.length - 1 }, (): PointData | null => null))
  const [first = 0, last = 0] = [edges[0], edges.at(-1)]
  const end = Math.min(last, until)
  if (first >= end) return lists
  const parameters: unknown[] = []
  const bind = createBind(parameters)
  const within = createWithin(bind, first - VERDICT_LASTS_MAX_MS, end)
  const from = `${bind(new Date(first))}::timestamptz`
  const rows = await sql.query<VerdictRow>(
    `SELECT (w.place - 1)::int AS place, (extract(epoch FROM v."roundAt") * 1000)::float8 AS "roundAt", v."startsAfterMs",
      v."lastsMs", v."medianLatencyUs", v."p95LatencyUs", v.status::text AS status, v."inMaintenance"
     FROM unnest(${bind(websiteNos)}::int[]) WITH ORDINALITY AS w(no, place) CROSS JOIN LATERAL (
       SELECT * FROM "Verdict" v WHERE v."websiteNo" = w.no AND ${within('v."roundAt"')}
         AND v."roundAt" >= ${sinceRound('w.no', from, within)}
     ) v ORDER BY v."roundAt"`,
    parameters,
  )
  const stepMs = (edges[1] ?? end) - first
  for (const row of rows) addVerdict(lists[row.place] ?? [], row, { first, end, stepMs })
  return lists
}

function addVerdict(
  list: (PointData | null)[],
  verdict: VerdictRow,
  { first, end, stepMs }: { first: number; end: number; stepMs: number },
): void {
  const pointAt = (instant: number): PointData => {
    const index = Math.floor((instant - first) / stepMs)
    return (list[index] ??= { tally: emptyTally(), medianLatencyUs: null, p95LatencyUs: null })
  }
  if (verdict.roundAt >= first) {
    const point = pointAt(verdict.roundAt)
    addRound(point.tally, verdict)
    if (!verdict.inMaintenance && verdict.medianLatencyUs !== null) {
      point.medianLatencyUs = verdict.medianLatencyUs
      point.p95LatencyUs = verdict.p95LatencyUs
    }
  }
  const starts = verdict.roundAt + verdict.startsAfterMs
  const until = Math.min(starts + verdict.lastsMs, end)
  for (let from = Math.max(starts, first); from < until;) {
    const to = Math.min(from - ((from - first) % stepMs) + stepMs, until)
    addTime(pointAt(from).tally, verdict, to - from)
    from = to
  }
}
