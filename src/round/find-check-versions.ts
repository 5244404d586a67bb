import type { CheckVersion } from '../protocol/check-statement.js'
import type { Sql } from '../store/store.js'

/** By the instants of rounds, which may repeat: the version of the check statement that their answers carry. */
export async function findCheckVersions(sql: Sql, roundsAt: readonly number[]): Promise<Map<number, CheckVersion>> {
  const rows = await sql.query<{ roundAt: Date; checkVersion: CheckVersion }>(
    `SELECT "roundAt", "checkVersion" FROM "Round" WHERE "roundAt" = ANY($1::timestamptz[])`,
    [[...new Set(roundsAt)].map((roundAt) => new Date(roundAt))],
  )
  return new Map(rows.map(({ roundAt, checkVersion }) => [roundAt.getTime(), checkVersion]))
}
