import { NETWORK_CLOCKS_MIN } from '../limits.js'
import type { Sql } from '../store/store.js'

/** By network, how far the middle one of its answers to the newest closed round began outside of the round's time. */
const OFF_BY_NETWORK = `
WITH round AS (
  SELECT "roundAt", "deadlineAt" FROM "Round"
  WHERE "closedAt" IS NOT NULL AND NOT "outOfOrder" AND "roundAt" >= (SELECT min("noticedAt") FROM "ClockJump" WHERE "trustedAt" IS NULL)
  ORDER BY "roundAt" DESC LIMIT 1
), member AS (
  SELECT DISTINCT ON (no) no, network FROM round JOIN "RoundRoster" o USING ("roundAt"),
    unnest(o."validatorNos", o.networks) AS m(no, network) ORDER BY no, o."hubId"
)
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY
  extract(epoch FROM t."checkedAt" - least(greatest(t."checkedAt", round."roundAt"), round."deadlineAt")) * 1000)::float8 AS "offMs"
FROM round JOIN "WebsiteTick" t USING ("roundAt") JOIN member m ON m.no = t."validatorNo"
GROUP BY m.network ORDER BY 1`

/**
 * How far validators' clocks are ahead of the hub's, in the middle of their networks, after a jump of the hub's clock
 * that is not trusted: by the newest round closed since. Null when there is none, or too few networks have answered.
 */
export async function compareClocks(sql: Sql): Promise<number | null> {
  const rows = await sql.query<{ offMs: number }>(OFF_BY_NETWORK)
  if (rows.length < NETWORK_CLOCKS_MIN) return null
  return rows[Math.floor(rows.length / 2)]?.offMs ?? null
}
