import { LatencySketch } from '../../src/history/latency-sketch.js'
import { ensurePartitions } from '../../src/store/partitions.js'
import type { Store } from '../../src/store/store.js'
import { DAY_MS, MINUTE_MS } from '../../src/time.js'

const QUARTER_MS = 15 * MINUTE_MS
/** Answers per round and website. */
const VALIDATORS = 2
/** About 400,000 rows on PostgreSQL, within a statement's timeout. */
const WEBSITES_PER_STATEMENT = { postgres: 20, pglite: 2 } as const
const SKETCHES = 64
/** One verdict in so many is Bad, at another time for each website. */
const BAD_EVERY = 997

export interface HistorySize {
  websites: number
  /** Of rollups. */
  days: number
  /** Of verdicts and raw ticks. */
  verdictDays: number
}

export interface FilledHistory {
  /** Of the newest round. */
  lastRoundAt: number
  rollups: number
  verdicts: number
  ticks: number
}

/** Makes websites look old, as if watched since before the history begins. */
const BACKDATE = [
  `UPDATE "Website" SET "createdAt" = to_timestamp($1 / 1000.0)`,
  `UPDATE "WebsiteChange" SET at = to_timestamp($1 / 1000.0)`,
]

const ROUNDS = `
INSERT INTO "Round" ("roundAt", "deadlineAt", "intervalMs", "keyId", "sealedAt", "closedAt", rule, "setAside")
SELECT at, at + interval '45 s', ${MINUTE_MS}, (SELECT max(id) FROM "HubKey"), at + interval '45 s', at + interval '46 s',
  'networks-v1', '{}'
FROM (SELECT to_timestamp(minute * 60) AS at FROM generate_series($1::bigint, $2::bigint) minute) rounds
ON CONFLICT DO NOTHING`

const VALIDATOR_ROWS = `
INSERT INTO "Validator" (id, "publicKey")
SELECT gen_random_uuid(), 'bench-' || n FROM generate_series(1, ${VALIDATORS}) n ON CONFLICT DO NOTHING`

const IS_BAD = (no: string, step: string) => `(${no} * 7919 + ${step}) % ${BAD_EVERY} = 0`

const TICKS = `
INSERT INTO "WebsiteTick" ("roundAt", "checkedAt", "submissionId", "websiteNo", "validatorNo", "checkRevision",
  "latencyUs", "connectUs", "firstByteUs", status, failure, "httpStatus", "leafIndex", "remoteAddress")
SELECT to_timestamp(minute * 60), to_timestamp(minute * 60 + 3), 0, w.no, v.no, 1,
  CASE WHEN bad THEN NULL ELSE 80000 + (minute * 31 + w.no) % 40000 END, CASE WHEN bad THEN NULL ELSE 9000 END,
  CASE WHEN bad THEN NULL ELSE 70000 END,
  (CASE WHEN bad THEN 'Bad' ELSE 'Good' END)::"WebsiteStatus",
  (CASE WHEN bad THEN 'TIMEOUT' END)::"FailureClass", CASE WHEN bad THEN NULL ELSE 200 END, 0, '192.0.2.7'
FROM unnest($1::int[]) AS w(no), generate_series($2::bigint, $3::bigint) minute,
  LATERAL (SELECT ${IS_BAD('w.no', 'minute')} AS bad) judged, (SELECT no FROM "Validator" ORDER BY no LIMIT ${VALIDATORS}) v`

const VERDICTS = `
INSERT INTO "Verdict" ("roundAt", "websiteNo", "checkRevision", "startsAfterMs", "lastsMs", "medianLatencyUs", asked,
  answered, agreed, disagreed, status, "inMaintenance", "networkCount", "quorumBase", "votesNeeded", "goodVotes", "badVotes",
  "votesSetAside", failures, root, "p95LatencyUs")
SELECT to_timestamp(minute * 60), no, 1, 0, ${MINUTE_MS}, CASE WHEN bad THEN NULL ELSE 95000 END, ${VALIDATORS},
  ${VALIDATORS}, ${VALIDATORS}, 0, (CASE WHEN bad THEN 'Bad' ELSE 'Good' END)::"VerdictStatus", false, ${VALIDATORS},
  ${VALIDATORS}, ${VALIDATORS}, CASE WHEN bad THEN 0 ELSE ${VALIDATORS} END, CASE WHEN bad THEN ${VALIDATORS} ELSE 0 END,
  0, CASE WHEN bad THEN '{0,0,0,${VALIDATORS},0,0,0,0}'::int[] ELSE '{}' END,
  decode(md5(no::text || minute) || md5(minute::text || no), 'hex'), CASE WHEN bad THEN NULL ELSE 140000 END
FROM unnest($1::int[]) AS w(no), generate_series($2::bigint, $3::bigint) minute,
  LATERAL (SELECT ${IS_BAD('no', 'minute')} AS bad) judged`

const ROLLUPS = (table: 'QuarterRollup' | 'DayRollup', spanMs: number) => `
INSERT INTO "${table}" ("startAt", "websiteNo", "goodMs", "badMs", "inconclusiveMs", "maintenanceGoodMs",
  "maintenanceBadMs", "maintenanceInconclusiveMs", "goodCount", "badCount", "inconclusiveCount", "maintenanceCount", latency)
SELECT to_timestamp(step * ${spanMs / 1000}), no, ${spanMs} - bad * ${MINUTE_MS}, bad * ${MINUTE_MS}, 0, 0, 0, 0,
  ${spanMs / MINUTE_MS} - bad, bad, 0, 0, decode(($4::text[])[1 + ((no + step) % ${SKETCHES})::int], 'hex')
FROM unnest($1::int[]) AS w(no), generate_series($2::bigint, $3::bigint) step,
  LATERAL (SELECT CASE WHEN ${IS_BAD('no', 'step')} THEN 1 ELSE 0 END AS bad) judged`

const STATES = `
INSERT INTO "WebsiteState" ("websiteNo", "roundAt", status, "coveredUntil", sequence)
SELECT no, to_timestamp($2 / 1000.0), 'Good', to_timestamp($2 / 1000.0) + interval '1 minute', 1
FROM unnest($1::int[]) AS w(no) ON CONFLICT DO NOTHING`

/** Fills a database as a hub would have left it, for the websites numbered from `from`. */
export async function fillHistory(store: Store, size: HistorySize, from: number, now: number): Promise<FilledHistory> {
  const lastRoundAt = Math.floor(now / MINUTE_MS) * MINUTE_MS - 2 * MINUTE_MS
  const until = lastRoundAt + MINUTE_MS
  for (let day = 0; day <= size.days; day++) await ensurePartitions(store, now - day * DAY_MS)
  for (const statement of BACKDATE) await store.sql.query(statement, [now - (size.days + 1) * DAY_MS])
  await store.sql.query(VALIDATOR_ROWS)
  const minutes = [(until - size.verdictDays * DAY_MS) / MINUTE_MS, lastRoundAt / MINUTE_MS].map(Math.floor)
  await store.sql.query(ROUNDS, minutes)
  const rows = await store.sql.query<{ no: number }>(`SELECT no FROM "Website" ORDER BY no OFFSET $1 LIMIT $2`, [
    from,
    size.websites - from,
  ])
  const quarters = spans(until, size.days, QUARTER_MS)
  const days = spans(until, size.days, DAY_MS)
  const perStatement = WEBSITES_PER_STATEMENT[store.kind]
  for (let at = 0; at < rows.length; at += perStatement) {
    const nos = rows.slice(at, at + perStatement).map(({ no }) => no)
    await store.sql.query(TICKS, [nos, ...minutes])
    await store.sql.query(VERDICTS, [nos, ...minutes])
    await store.sql.query(ROLLUPS('QuarterRollup', QUARTER_MS), [nos, ...quarters, sketches(15 * VALIDATORS)])
    await store.sql.query(ROLLUPS('DayRollup', DAY_MS), [nos, ...days, sketches(1440 * VALIDATORS)])
    await store.sql.query(STATES, [nos, lastRoundAt])
  }
  await settle(store)
  const ofEach = (steps: readonly number[]) => rows.length * ((steps[1] ?? 0) - (steps[0] ?? 0) + 1)
  return {
    lastRoundAt,
    rollups: ofEach(quarters) + ofEach(days),
    verdicts: ofEach(minutes),
    ticks: ofEach(minutes) * VALIDATORS,
  }
}

/** First and last span, counted from 1970, of so many days up to an instant. */
function spans(until: number, days: number, spanMs: number): number[] {
  return [Math.floor((until - days * DAY_MS) / spanMs), Math.floor((until - 1) / spanMs)]
}

/** Sketches in hex, with long-tailed latencies like real ones. */
function sketches(values: number): string[] {
  return Array.from({ length: SKETCHES }, (_, index) => {
    const sketch = new LatencySketch()
    for (let n = 1; n <= values; n++) {
      // A logistic stands in for the log-normal: close enough, and the same in every run.
      const share = n / (values + 1)
      sketch.add(Math.round((80_000 + index * 500) * (share / (1 - share)) ** 0.25))
    }
    return Buffer.from(sketch.encode()).toString('hex')
  })
}

/** Does the maintenance that the database would have done over the 90 days, so that none disturbs the measurement. */
async function settle({ sql }: Store): Promise<void> {
  const tables = await sql.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  )
  for (const { name } of tables) await sql.run(`VACUUM (ANALYZE) ${name}`)
  await sql.run('CHECKPOINT')
}
