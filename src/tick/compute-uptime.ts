import type { Store } from '../store/store.js'

/** Names the formula below; another formula gets another name. */
export const UPTIME_METHOD = 'ticks-v1'

const RATIO_DECIMALS = 1_000_000

export interface UptimeLatency {
  /** Microseconds, as the others. */
  minUs: number
  medianUs: number
  p95Us: number
  maxUs: number
}

export interface UptimeFigures {
  goodCount: number
  badCount: number
  tickCount: number
  /** Share of Good ticks; null without ticks. */
  ratio: number | null
  /** Of the Good ticks; null without any. */
  latency: UptimeLatency | null
}

/** `percentile_disc` is the nearest rank: always a latency that was measured, never one between two. */
const UPTIME = `
SELECT count(*) FILTER (WHERE status = 'Good')::int AS "goodCount",
  count(*) FILTER (WHERE status = 'Bad')::int AS "badCount",
  min("latencyUs") FILTER (WHERE status = 'Good') AS "minUs",
  percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY "latencyUs") FILTER (WHERE status = 'Good') AS percentiles,
  max("latencyUs") FILTER (WHERE status = 'Good') AS "maxUs"
FROM "WebsiteTick" WHERE "websiteNo" = $1 AND "roundAt" >= $2::timestamptz AND "roundAt" < $3::timestamptz`

interface Row {
  goodCount: number
  badCount: number
  minUs: number | null
  percentiles: number[] | null
  maxUs: number | null
}

/**
 * Counts a website's ticks of the rounds from `from` to before `until`, Unix milliseconds, in one statement. Every tick
 * counts alike, whoever made it.
 */
export async function computeUptime(
  { sql }: Pick<Store, 'sql'>,
  { websiteNo, from, until }: { websiteNo: number; from: number; until: number },
): Promise<UptimeFigures> {
  const [row] = await sql.query<Row>(UPTIME, [websiteNo, new Date(from), new Date(until)])
  if (!row) throw new Error('a count returned no row')
  const { goodCount, badCount, minUs, maxUs } = row
  const [medianUs, p95Us] = row.percentiles ?? []
  const latency =
    minUs === null || maxUs === null || medianUs === undefined || p95Us === undefined
      ? null
      : { minUs, medianUs, p95Us, maxUs }
  return { goodCount, badCount, tickCount: goodCount + badCount, ratio: uptimeRatio(goodCount, badCount), latency }
}

/** Good ÷ all, floored to six decimals: one failure among any number is never shown as 1. Null without ticks. */
export function uptimeRatio(goodCount: number, badCount: number): number | null {
  const tickCount = goodCount + badCount
  if (tickCount === 0) return null
  // In whole numbers: a division would round first.
  return Number((BigInt(goodCount) * BigInt(RATIO_DECIMALS)) / BigInt(tickCount)) / RATIO_DECIMALS
}
