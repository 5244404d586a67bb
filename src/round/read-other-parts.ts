import type { Sql } from '../store/store.js'
import type { AssignmentInput } from './assignment.js'

/** Who was asked, by one hub's part of a roster. */
export interface OtherPart extends AssignmentInput {
  rule: string
}

export async function listOtherParts(sql: Sql, hubId: string, roundAt: Date): Promise<OtherPart[]> {
  return sql.query<OtherPart>(
    `SELECT rule, seed, "websiteNos", "validatorNos", networks FROM "RoundRoster"
     WHERE "roundAt" = $1::timestamptz AND "hubId" <> $2::uuid ORDER BY "hubId"`,
    [roundAt, hubId],
  )
}

/** Numbers of the validators that were at other hubs in the round before, the best guess at where they are now. */
export async function listValidatorsElsewhere(sql: Sql, hubId: string, roundAt: Date): Promise<number[]> {
  const rows = await sql.query<{ no: number }>(
    `SELECT DISTINCT no FROM "RoundRoster" o, unnest(o."validatorNos") no
     WHERE o."roundAt" = (SELECT max("roundAt") FROM "Round" WHERE "roundAt" < $1::timestamptz) AND o."hubId" <> $2::uuid`,
    [roundAt, hubId],
  )
  return rows.map(({ no }) => no)
}

/** When websites were last asked for, in Unix milliseconds: by their newest verdicts and the rosters of open rounds. */
export async function findLastAsked(sql: Sql, roundAt: Date, nos: readonly number[]): Promise<Map<number, number>> {
  if (nos.length === 0) return new Map()
  const rows = await sql.query<{ no: number; at: Date }>(
    `SELECT no, max(at) AS at FROM (
       SELECT "websiteNo" AS no, "roundAt" AS at FROM "WebsiteState" WHERE "websiteNo" = ANY($1::int[])
       UNION ALL
       SELECT no, o."roundAt" FROM "Round" r JOIN "RoundRoster" o ON o."roundAt" = r."roundAt", unnest(o."websiteNos") no
       WHERE r."closedAt" IS NULL AND r."roundAt" < $2::timestamptz AND no = ANY($1::int[])
     ) asked GROUP BY no`,
    [nos, roundAt],
  )
  return new Map(rows.map(({ no, at }) => [no, at.getTime()]))
}
