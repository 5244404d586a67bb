import type { RoundKind } from '../generated/prisma/client.js'
import type { PageSlice } from '../graph/resolve-page.js'
import type { Sql } from '../store/store.js'

export interface ListedRound {
  roundAt: Date
  kind: RoundKind
  deadlineAt: Date
  closedAt: Date | null
  /** Null for a round that was recorded before rewards were. */
  rewardRule: string | null
  /** A text, for not every driver reads a bigint alike. */
  rewardLamports: string | null
  websiteCount: number
  validatorCount: number
  /** Tasks given out and answered in time; null until the round is closed. */
  asked: number | null
  answered: number | null
}

/** Positions are instants in Unix milliseconds. */
export async function listRounds(sql: Sql, page: PageSlice<number>): Promise<ListedRound[]> {
  const order = page.order === 'newestFirst' ? 'DESC' : 'ASC'
  // Verdicts are found by their website's key: they have no index by round.
  return sql.query<ListedRound>(
    `SELECT r."roundAt", r.kind, r."deadlineAt", r."closedAt", r."rewardRule", r."rewardLamports"::text AS "rewardLamports",
            coalesce(cardinality(w.nos), 0)::int AS "websiteCount",
            coalesce(v.count, 0)::int AS "validatorCount", t.asked::float8 AS asked, t.answered::float8 AS answered
     FROM (SELECT "roundAt", kind::text AS kind, "deadlineAt", "closedAt", "rewardRule", "rewardLamports" FROM "Round"
           WHERE ($1::timestamptz IS NULL OR "roundAt" < $1) AND ($2::timestamptz IS NULL OR "roundAt" > $2)
           ORDER BY "roundAt" ${order} LIMIT $3) r
     LEFT JOIN LATERAL (SELECT array_agg(DISTINCT no) AS nos FROM "RoundRoster" o, unnest(o."websiteNos") no
                        WHERE o."roundAt" = r."roundAt") w ON true
     LEFT JOIN LATERAL (SELECT count(DISTINCT no) FROM "RoundRoster" o, unnest(o."validatorNos") no
                        WHERE o."roundAt" = r."roundAt") v ON true
     LEFT JOIN LATERAL (SELECT coalesce(sum(asked), 0) AS asked, coalesce(sum(answered), 0) AS answered
                        FROM "Verdict" d WHERE d."roundAt" = r."roundAt" AND d."websiteNo" = ANY(w.nos)
                        HAVING r."closedAt" IS NOT NULL) t ON true
     ORDER BY r."roundAt" ${order}`,
    [instantOf(page.olderThan), instantOf(page.newerThan), page.limit],
  )
}

/** No round is older than computers; a driver spells the year 0 so that the database refuses it. */
function instantOf(position: number | null): Date | null {
  return position === null ? null : new Date(Math.max(0, position))
}
