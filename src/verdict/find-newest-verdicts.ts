import type { Verdict, VerdictStatus } from '../generated/prisma/client.js'
import type { Store } from '../store/store.js'

export interface WebsiteStanding {
  roundAt: Date
  status: VerdictStatus
  /** Verdicts so far: tells an older standing from a newer one. */
  sequence: bigint
  /** Null once it is no longer kept. */
  verdict: Verdict | null
}

const STANDINGS = `
SELECT s."roundAt" AS "standingAt", s.status AS standing, s.sequence::text AS sequence, v.*,
  s."websiteNo" AS "websiteNo", v."websiteNo" IS NOT NULL AS "isKept"
FROM "WebsiteState" s LEFT JOIN "Verdict" v ON v."websiteNo" = s."websiteNo" AND v."roundAt" = s."roundAt"
WHERE s."websiteNo" = ANY($1::int[])`

type Row = Verdict & { standingAt: Date; standing: VerdictStatus; sequence: string; isKept: boolean }

/** Where websites stand, in the order of their numbers here: one statement for any number of them. Null before the first verdict. */
export async function findNewestVerdicts(
  { sql }: Pick<Store, 'sql'>,
  websiteNos: readonly number[],
): Promise<(WebsiteStanding | null)[]> {
  const rows = await sql.query<Row>(STANDINGS, [[...new Set(websiteNos)]])
  const standings = new Map(
    rows.map(({ standingAt, standing, sequence, isKept, ...verdict }) => [
      verdict.websiteNo,
      { roundAt: standingAt, status: standing, sequence: BigInt(sequence), verdict: isKept ? verdict : null },
    ]),
  )
  return websiteNos.map((no) => standings.get(no) ?? null)
}
