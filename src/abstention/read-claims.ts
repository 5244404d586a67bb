import type { Sql } from '../store/store.js'
import { PACK_CLAIMS, type PackedClaims } from './packed-claims.js'

const CLAIMED = `SELECT DISTINCT "websiteNo" AS no FROM "Abstention" WHERE "roundAt" = $1::timestamptz`

/** The numbers of the websites that a round has claims about. */
export async function findClaimedWebsites(sql: Sql, roundAt: number): Promise<ReadonlySet<number>> {
  const rows = await sql.query<{ no: number }>(CLAIMED, [new Date(roundAt)])
  return new Set(rows.map(({ no }) => no))
}

const CLAIMS = `
SELECT a."websiteNo" AS no, ${PACK_CLAIMS} AS claims
FROM "Abstention" a WHERE a."roundAt" = $1::timestamptz AND a."websiteNo" = ANY($2::int[]) GROUP BY 1`

/** The claims of a sealed round about some websites, by their numbers, also of validators that have answered after all. */
export async function readClaims(
  sql: Sql,
  roundAt: number,
  websiteNos: readonly number[],
): Promise<Map<number, PackedClaims>> {
  if (websiteNos.length === 0) return new Map()
  const rows = await sql.query<{ no: number; claims: Uint8Array }>(CLAIMS, [new Date(roundAt), websiteNos])
  return new Map(rows.map(({ no, claims }) => [no, Buffer.from(claims.buffer, claims.byteOffset, claims.length)]))
}

/** What is kept of the claims of these rounds are their sums. */
export async function deleteClaims(sql: Sql, roundsAt: readonly Date[]): Promise<void> {
  await sql.query(`DELETE FROM "Abstention" WHERE "roundAt" = ANY($1::timestamptz[])`, [roundsAt])
}
