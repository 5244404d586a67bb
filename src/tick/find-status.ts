import type { WebsiteStatus } from '../protocol/tick.js'
import type { Store } from '../store/store.js'
import { LAST_ENDED_ROUND } from './find-last-ended-round.js'

export interface AskedWebsite {
  no: number
  everyRounds: number
}

/**
 * Of each website the answers in the newest ended round that asked for it: `isDue` in SQL, so that one statement does
 * for a whole page. A round that lies back more than two of the website's turns and a deadline is stale and left out.
 */
const STATUSES = `
WITH ended AS MATERIALIZED (${LAST_ENDED_ROUND})
SELECT asked.no, answers.good, answers.bad
FROM (
  SELECT w.no, (
    SELECT r."roundAt" FROM "Round" r
    WHERE r."roundAt" <= ended."roundAt"
      AND r."roundAt" >= $1::timestamptz - 2 * w.every * ended."intervalMs" * interval '1 millisecond'
        - (ended."deadlineAt" - ended."roundAt")
      AND ((extract(epoch FROM r."roundAt") * 1000)::bigint / r."intervalMs" + w.no) % w.every = 0
    ORDER BY r."roundAt" DESC LIMIT 1
  ) AS "roundAt"
  FROM unnest($2::int[], $3::bigint[]) AS w(no, every) CROSS JOIN ended
) asked
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE t.status = 'Good')::int AS good, count(*) FILTER (WHERE t.status = 'Bad')::int AS bad
  FROM "WebsiteTick" t WHERE t."websiteNo" = asked.no AND t."roundAt" = asked."roundAt"
) answers`

/** What each website was by the majority at `now`, in their order: one statement for any number of them. */
export async function findStatuses(
  { sql }: Pick<Store, 'sql'>,
  websites: readonly AskedWebsite[],
  now: number,
): Promise<(WebsiteStatus | null)[]> {
  const asked = new Map(websites.map((website) => [website.no, website.everyRounds]))
  const rows = await sql.query<{ no: number; good: number; bad: number }>(STATUSES, [
    new Date(now),
    [...asked.keys()],
    [...asked.values()],
  ])
  const statusOf = new Map(rows.map(({ no, good, bad }) => [no, majority(good, bad)]))
  return websites.map(({ no }) => statusOf.get(no) ?? null)
}

/** What more than half of the answers say; null on a tie, which no answers are too. */
export function majority(good: number, bad: number): WebsiteStatus | null {
  if (good === bad) return null
  return good > bad ? 'Good' : 'Bad'
}
