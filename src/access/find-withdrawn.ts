import type { Sql } from '../store/store.js'

/** SUSPENDED validators may stay connected but get nothing. */
export type Withdrawal = 'ENDED' | 'SUSPENDED'

/** Which of these have lost their access. A deleted row has none. */
export async function findWithdrawn(
  sql: Sql,
  { tokenIds, validatorIds }: { tokenIds: readonly string[]; validatorIds: readonly string[] },
  now: number,
): Promise<{ id: string; withdrawal: Withdrawal }[]> {
  return sql.query(
    `SELECT live.id, 'ENDED' AS withdrawal FROM unnest($1::uuid[]) AS live(id)
     LEFT JOIN "ApiToken" t ON t.id = live.id AND t."revokedAt" IS NULL AND (t."expiresAt" IS NULL OR t."expiresAt" > $3)
     WHERE t.id IS NULL
     UNION ALL
     SELECT live.id, CASE WHEN v.id IS NULL OR v."bannedAt" IS NOT NULL THEN 'ENDED' ELSE 'SUSPENDED' END
     FROM unnest($2::uuid[]) AS live(id) LEFT JOIN "Validator" v ON v.id = live.id
     WHERE v.id IS NULL OR v."bannedAt" IS NOT NULL OR v."suspendedAt" IS NOT NULL`,
    [tokenIds, validatorIds, new Date(now)],
  )
}
