import { VERDICT_LASTS_MAX_MS } from './spans.js'
import type { Segment, Source } from './split-window.js'
import { type Tally, TALLY_COLUMNS } from './tally.js'

export interface Part extends Segment {
  websiteNo: number
}

/** What a branch returns of a segment, under the segment's place among all. */
export interface SumRow extends Tally {
  index: number
  /** Written one behind another; null when there are none or none were asked for. */
  sketches: Uint8Array | null
}

export type Bind = (value: unknown) => string

export function createBind(parameters: unknown[]): Bind {
  return (value) => `$${parameters.push(value)}`
}

/**
 * A SELECT for each table that is needed; each segment is looked up by the primary key, whatever the statistics. The
 * bounds of all stand beside them, so that the planner leaves out other partitions.
 */
export function composeSums(parts: readonly Part[], bind: Bind): string[] {
  return (['verdicts', 'quarters', 'days'] as const).flatMap((source) => {
    const mine = [...parts.entries()].filter(([, part]) => part.source === source)
    return mine.length === 0 ? [] : [composeBranch(source, mine, bind)]
  })
}

function composeBranch(source: Source, parts: readonly [number, Part][], bind: Bind): string {
  const segments = parts.map(([, part]) => part)
  const sketched = segments.map(({ takes }) => takes !== 'times')
  const columns = [
    `${bind(parts.map(([index]) => index))}::int[]`,
    `${bind(segments.map(({ websiteNo }) => websiteNo))}::int[]`,
    `${bind(segments.map(({ from }) => new Date(from)))}::timestamptz[]`,
    `${bind(segments.map(({ to }) => new Date(to)))}::timestamptz[]`,
    `${bind(sketched)}::boolean[]`,
  ]
  const earliest = Math.min(...segments.map(({ from }) => from)) - (source === 'verdicts' ? VERDICT_LASTS_MAX_MS : 0)
  const within = createWithin(bind, earliest, Math.max(...segments.map(({ to }) => to)))
  // Without any, no sketch is read from its page.
  const sketches = sketched.includes(true) ? `string_agg(CASE WHEN s.sketched THEN r.latency END, ''::bytea)` : null
  return `SELECT s.index, x.*
FROM unnest(${columns.join(', ')}) AS s(index, no, "from", "to", sketched)
CROSS JOIN LATERAL (${source === 'verdicts' ? sumOfVerdicts(within) : sumOfRollups(source, sketches, within)}) x`
}

/** Holds a column to [from, to). */
export type Within = (column: string) => string

export function createWithin(bind: Bind, from: number, to: number): Within {
  const [first, last] = [bind(new Date(from)), bind(new Date(to))]
  return (column) => `${column} >= ${first}::timestamptz AND ${column} < ${last}::timestamptz`
}

export function rollupSums(sketches: string | null): string {
  const sums = TALLY_COLUMNS.map((column) => `coalesce(sum(r."${column}"), 0)::float8 AS "${column}"`)
  return `${sums.join(', ')}, ${sketches ?? 'NULL::bytea'} AS sketches`
}

function sumOfRollups(source: 'quarters' | 'days', sketches: string | null, within: Within): string {
  return `
  SELECT ${rollupSums(sketches)}
  FROM "${source === 'days' ? 'DayRollup' : 'QuarterRollup'}" r
  WHERE r."websiteNo" = s.no AND r."startAt" >= s."from" AND r."startAt" < s."to" AND ${within('r."startAt"')}`
}

const BEGINNING = `v."roundAt" + v."startsAfterMs" * interval '1 millisecond'`
const ENDING = `v."roundAt" + (v."startsAfterMs" + v."lastsMs") * interval '1 millisecond'`

/** The round of the newest verdict whose time had begun by `from`: no older one reaches so far, for times follow one another. */
export function sinceRound(no: string, from: string, within: Within): string {
  return `coalesce((
      SELECT v."roundAt" FROM "Verdict" v
      WHERE (v."websiteNo", v."roundAt") < (${no}, ${from}) AND (v."websiteNo", v."roundAt") >= (${no}, ${from} - interval '24 hours')
        AND ${within('v."roundAt"')} AND v."lastsMs" > 0 AND ${BEGINNING} <= ${from}
      ORDER BY v."websiteNo" DESC, v."roundAt" DESC LIMIT 1
    ), ${from})`
}

const time = (condition: string) => `coalesce(sum(v.ms) FILTER (WHERE ${condition}), 0)::float8`
const rounds = (condition: string) => `(count(*) FILTER (WHERE v.counts AND ${condition}))::float8`

/** Times of what of each verdict lies in the segment, counts of the rounds that began in it; in the other branches' order. */
function sumOfVerdicts(within: Within): string {
  return `
  SELECT ${time(`v.status = 'Good' AND NOT v."inMaintenance"`)} AS "goodMs",
    ${time(`v.status = 'Bad' AND NOT v."inMaintenance"`)} AS "badMs",
    ${time(`v.status = 'Inconclusive' AND NOT v."inMaintenance"`)} AS "inconclusiveMs",
    ${time(`v.status = 'Good' AND v."inMaintenance"`)} AS "maintenanceGoodMs",
    ${time(`v.status = 'Bad' AND v."inMaintenance"`)} AS "maintenanceBadMs",
    ${time(`v.status = 'Inconclusive' AND v."inMaintenance"`)} AS "maintenanceInconclusiveMs",
    ${rounds(`v.status = 'Good' AND NOT v."inMaintenance"`)} AS "goodCount",
    ${rounds(`v.status = 'Bad' AND NOT v."inMaintenance"`)} AS "badCount",
    ${rounds(`v.status = 'Inconclusive' AND NOT v."inMaintenance"`)} AS "inconclusiveCount",
    ${rounds('v."inMaintenance"')} AS "maintenanceCount", NULL::bytea AS sketches
  FROM (
    SELECT v.status, v."inMaintenance", v."roundAt" >= s."from" AS counts,
      greatest(0, extract(epoch FROM least(s."to", ${ENDING}) - greatest(s."from", ${BEGINNING})) * 1000) AS ms
    FROM "Verdict" v
    WHERE v."websiteNo" = s.no AND v."roundAt" < s."to" AND ${within('v."roundAt"')}
      AND v."roundAt" >= ${sinceRound('s.no', 's."from"', within)}
  ) v`
}
