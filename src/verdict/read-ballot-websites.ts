import type { Store } from '../store/store.js'
import { inSlices } from '../store/in-slices.js'
import { QUORUM_MEMORY_MS } from './vote-rule.js'

export interface BallotWebsite {
  host: string
  minimumVotes: number
  recentNetworksMax: number
}

interface Row {
  no: number
  url: string
  minimumVotes: number
  recentNetworksMax: number
}

const BALLOT_WEBSITES = `
SELECT w.no, w.url, w."minimumVotes"::int AS "minimumVotes", coalesce(recent.networks, 0)::int AS "recentNetworksMax"
FROM "Website" w LEFT JOIN (
  SELECT "websiteNo", max("networkCount") AS networks FROM "Verdict"
  WHERE "websiteNo" = ANY($1::int[]) AND "roundAt" >= $2::timestamptz AND "roundAt" < $3::timestamptz GROUP BY 1
) recent ON recent."websiteNo" = w.no
WHERE w.no = ANY($1::int[]) AND w.enabled AND w."deletedAt" IS NULL`

/** Of the websites that a round asked for, those that are enabled now, by their numbers. */
export async function readBallotWebsites(
  { sql, rowsPerStatementMax }: Pick<Store, 'sql' | 'rowsPerStatementMax'>,
  roundAt: number,
  asked: readonly { no: number }[],
): Promise<Map<number, BallotWebsite>> {
  const ballots = new Map<number, BallotWebsite>()
  for (const slice of inSlices(asked, rowsPerStatementMax)) {
    const rows = await sql.query<Row>(BALLOT_WEBSITES, [
      slice.map(({ no }) => no),
      new Date(roundAt - QUORUM_MEMORY_MS),
      new Date(roundAt),
    ])
    for (const { no, url, ...known } of rows) ballots.set(no, { host: new URL(url).hostname, ...known })
  }
  return ballots
}
