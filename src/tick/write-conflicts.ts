import { CONFLICTS_PER_VALIDATOR_MAX } from '../limits.js'
import { holdLock } from '../store/hold-lock.js'
import { LOCKS } from '../store/locks.js'
import type { Store } from '../store/store.js'
import { conflictId, type Conflict } from './conflict.js'

/** As many new ones of each validator as there is room for. */
const WRITE_CONFLICTS = `
INSERT INTO "ConflictingAnswer" (id, "roundAt", "receivedAt", "websiteNo", "validatorNo", statement, batch, "leafIndex",
  signature, leaves)
SELECT id, to_timestamp(round_ms / 1000.0), to_timestamp(received_ms / 1000.0), "websiteNo", "validatorNo", statement,
  batch, "leafIndex", decode(signature, 'hex'), decode(leaves, 'hex')
FROM (
  SELECT q.*, row_number() OVER (PARTITION BY "validatorNo" ORDER BY ord) AS place
  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::int[], $5::int[], $6::text[], $7::boolean[], $8::int[],
      $9::text[], $10::text[]) WITH ORDINALITY
    AS q(id, round_ms, received_ms, "websiteNo", "validatorNo", statement, batch, "leafIndex", signature, leaves, ord)
  WHERE NOT EXISTS (SELECT 1 FROM "ConflictingAnswer" c WHERE c.id = q.id)
) fresh
WHERE place + (SELECT count(*) FROM "ConflictingAnswer" c WHERE c."validatorNo" = fresh."validatorNo") <= $11
ON CONFLICT DO NOTHING
RETURNING id`

/** Keeps the first conflicting answer of each callback, a bounded number a validator. Returns how many are new. */
export async function writeConflicts(
  store: Pick<Store, 'transaction'>,
  conflicts: readonly Conflict[],
): Promise<number> {
  const ticks = conflicts.map(({ tick }) => tick)
  const rows = await store.transaction(async (sql) => {
    await holdLock(sql, LOCKS.CONFLICTS)
    return sql.query<{ id: string }>(WRITE_CONFLICTS, [
      ticks.map(({ callback }) => conflictId(callback)),
      ticks.map(({ callback }) => callback.roundAt),
      ticks.map(({ submission }) => submission.receivedAt),
      ticks.map(({ callback }) => callback.websiteNo),
      ticks.map(({ callback }) => callback.validatorNo),
      conflicts.map(({ statement }) => statement),
      ticks.map(({ submission }) => submission.batch),
      ticks.map(({ leafIndex }) => leafIndex),
      ticks.map(({ submission }) => submission.signature.toString('hex')),
      ticks.map(({ submission }) => Buffer.concat(submission.leaves).toString('hex')),
      CONFLICTS_PER_VALIDATOR_MAX,
    ])
  })
  return rows.length
}
