import type { Measurement } from '../protocol/tick.js'
import type { Sql } from '../store/store.js'
import type { SoundTick, Submission } from './submission.js'

/**
 * One statement, so that all of it happens or nothing. Balances are locked in the order of the validators' numbers, so
 * that two hubs cannot deadlock. The rounds are held open until the commit: whoever seals one waits, and what was sealed
 * meanwhile is left out.
 */
const STORE_TICKS = `
WITH open AS MATERIALIZED (
  SELECT "roundAt", coalesce("rewardLamports", $1::bigint) AS lamports
  FROM "Round" WHERE "roundAt" = ANY($27::timestamptz[]) AND "sealedAt" IS NULL
  ORDER BY "roundAt" FOR SHARE
), s AS MATERIALIZED (
  SELECT nextval('parts.submission_id') AS id, ord, to_timestamp(round_ms / 1000.0) AS "roundAt",
    to_timestamp(received_ms / 1000.0) AS "receivedAt", "validatorNo", batch, hub,
    decode(signature, 'hex') AS signature, decode(leaves, 'hex') AS leaves
  FROM unnest($2::int[], $3::bigint[], $4::bigint[], $5::int[], $6::boolean[], $7::text[], $8::text[], $9::text[])
    AS u(ord, round_ms, received_ms, "validatorNo", batch, hub, signature, leaves)
), tick AS (
  INSERT INTO "WebsiteTick" ("roundAt", "checkedAt", "certificateExpiresAt", "submissionId", "websiteNo", "validatorNo",
    "checkRevision", "latencyUs", "dnsUs", "connectUs", "tlsUs", "firstByteUs", status, failure, "httpStatus",
    "leafIndex", "remoteAddress", detail)
  SELECT open."roundAt", to_timestamp(checked_ms / 1000.0), to_timestamp(certificate_ms / 1000.0), s.id,
    "websiteNo", s."validatorNo", "checkRevision", "latencyUs", "dnsUs", "connectUs", "tlsUs", "firstByteUs", status::"WebsiteStatus", failure::"FailureClass", "httpStatus", "leafIndex", "remoteAddress", detail
  FROM unnest($10::int[], $11::bigint[], $12::bigint[], $13::bigint[], $14::int[], $15::int[], $16::int[], $17::int[],
      $18::int[], $19::int[], $20::int[], $21::text[], $22::text[], $23::smallint[], $24::smallint[], $25::text[],
      $26::text[])
    AS t(ord, round_ms, checked_ms, certificate_ms, "websiteNo", "checkRevision", "latencyUs", "dnsUs", "connectUs",
      "tlsUs", "firstByteUs", status, failure, "httpStatus", "leafIndex", "remoteAddress", detail)
  JOIN s USING (ord) JOIN open ON open."roundAt" = to_timestamp(round_ms / 1000.0)
  ON CONFLICT DO NOTHING
  RETURNING "roundAt", "submissionId", "leafIndex", "validatorNo"
), earned AS (
  SELECT "validatorNo", sum(lamports)::bigint AS lamports FROM tick JOIN open USING ("roundAt") GROUP BY 1
), locked AS (
  SELECT v.no, e.lamports FROM "Validator" v JOIN earned e ON e."validatorNo" = v.no ORDER BY v.no FOR NO KEY UPDATE OF v
), paid AS (
  UPDATE "Validator" v SET "pendingPayouts" = v."pendingPayouts" + l.lamports FROM locked l WHERE v.no = l.no
), kept AS (
  INSERT INTO "Submission" (id, "roundAt", "receivedAt", "validatorNo", batch, hub, signature, leaves)
  SELECT id, "roundAt", "receivedAt", "validatorNo", batch, hub, signature, leaves FROM s
  WHERE id IN (SELECT "submissionId" FROM tick)
)
SELECT s.ord, tick."leafIndex" FROM tick JOIN s ON s.id = tick."submissionId"`

/** Ticks must differ in website, round or validator. Returns those inserted: others were there before, or their round is sealed. */
export async function storeTicks(
  sql: Sql,
  ticks: readonly SoundTick[],
  unrecordedLamports: bigint,
): Promise<SoundTick[]> {
  if (ticks.length === 0) return []
  const submissions = [...new Set(ticks.map((tick) => tick.submission))]
  const ordOf = new Map(submissions.map((submission, ord) => [submission, ord]))
  const rows = await sql.query<{ ord: number; leafIndex: number }>(STORE_TICKS, [
    unrecordedLamports.toString(),
    ...submissionColumns(ticks, ordOf),
    ticks.map((tick) => ordOf.get(tick.submission)),
    ...tickColumns(ticks),
    [...new Set(ticks.map(({ callback }) => callback.roundAt))].map((roundAt) => new Date(roundAt)),
  ])
  const stored = new Set(rows.map(({ ord, leafIndex }) => `${ord}/${leafIndex}`))
  return ticks.filter((tick) => stored.has(`${ordOf.get(tick.submission)}/${tick.leafIndex}`))
}

function submissionColumns(ticks: readonly SoundTick[], ordOf: ReadonlyMap<Submission, number>): unknown[][] {
  const newestRounds: number[] = []
  for (const { submission, callback } of ticks) {
    const ord = ordOf.get(submission) ?? 0
    newestRounds[ord] = Math.max(newestRounds[ord] ?? 0, callback.roundAt)
  }
  const submissions = [...ordOf.keys()]
  return [
    [...ordOf.values()],
    newestRounds,
    submissions.map((submission) => submission.receivedAt),
    submissions.map((submission) => submission.validatorNo),
    submissions.map((submission) => submission.batch),
    submissions.map((submission) => submission.hub),
    submissions.map((submission) => submission.signature.toString('hex')),
    submissions.map((submission) => Buffer.concat(submission.leaves).toString('hex')),
  ]
}

function tickColumns(ticks: readonly SoundTick[]): unknown[][] {
  const measured = <Name extends keyof Measurement>(name: Name) => ticks.map(({ measurement }) => measurement[name])
  const milliseconds = (instant: string | null) => (instant === null ? null : Date.parse(instant))
  return [
    ticks.map(({ callback }) => callback.roundAt),
    measured('checkedAt').map(milliseconds),
    measured('certificateExpiresAt').map(milliseconds),
    ticks.map(({ callback }) => callback.websiteNo),
    ticks.map(({ callback }) => callback.checkRevision),
    measured('latencyUs'),
    measured('dnsUs'),
    measured('connectUs'),
    measured('tlsUs'),
    measured('firstByteUs'),
    measured('status'),
    measured('failure'),
    measured('httpStatus'),
    ticks.map((tick) => tick.leafIndex),
    measured('remoteAddress'),
    measured('detail'),
  ]
}
