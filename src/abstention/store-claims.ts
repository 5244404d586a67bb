import type { AbstentionReason } from '../protocol/abstention.js'
import type { Callback } from '../round/callback-id.js'
import type { Sql } from '../store/store.js'

/**
 * The rounds are held open until the commit, as for answers, so that none is sealed with a claim still to come. In the
 * order of the key, so that two calls of one validator cannot deadlock.
 */
const STORE_CLAIMS = `
WITH open AS MATERIALIZED (
  SELECT "roundAt" FROM "Round" WHERE "roundAt" = ANY($1::timestamptz[]) AND "sealedAt" IS NULL
  ORDER BY "roundAt" FOR SHARE
), claim AS (
  INSERT INTO "Abstention" ("roundAt", "websiteNo", "validatorNo", reason)
  SELECT open."roundAt", c."websiteNo", $4::int, $5::text::"AbstentionReason"
  FROM unnest($2::bigint[], $3::int[]) AS c(round_ms, "websiteNo")
  JOIN open ON open."roundAt" = to_timestamp(c.round_ms / 1000.0)
  WHERE NOT EXISTS (SELECT 1 FROM "WebsiteTick" t
    WHERE t."websiteNo" = c."websiteNo" AND t."roundAt" = open."roundAt" AND t."validatorNo" = $4::int)
  ORDER BY 1, 2
  ON CONFLICT DO NOTHING
  RETURNING 1
)
SELECT "roundAt", (SELECT count(*)::int FROM claim) AS taken FROM open`

export interface StoredClaims {
  taken: number
  /** Instants of the rounds that still took claims. */
  open: ReadonlySet<number>
}

/** Stores what a validator claims about its own tasks; the first claim about each counts, and none where it has answered. */
export async function storeClaims(
  sql: Sql,
  { validatorNo, reason }: { validatorNo: number; reason: AbstentionReason },
  callbacks: readonly Pick<Callback, 'roundAt' | 'websiteNo'>[],
): Promise<StoredClaims> {
  if (callbacks.length === 0) return { taken: 0, open: new Set() }
  const roundsAt = callbacks.map(({ roundAt }) => roundAt)
  const rows = await sql.query<{ roundAt: Date; taken: number }>(STORE_CLAIMS, [
    [...new Set(roundsAt)].map((roundAt) => new Date(roundAt)),
    roundsAt,
    callbacks.map(({ websiteNo }) => websiteNo),
    validatorNo,
    reason,
  ])
  return { taken: rows[0]?.taken ?? 0, open: new Set(rows.map(({ roundAt }) => roundAt.getTime())) }
}
