import type { Sql } from '../store/store.js'
import type { SoundTick } from './submission.js'

/** A submission is filed under the newest round it answers. */
const STORED_LEAVES = `
SELECT q.position, substring(s.leaves FROM t."leafIndex" * 32 + 1 FOR 32) = decode(q.leaf, 'hex') AS same
FROM unnest($1::int[], $2::int[], $3::bigint[], $4::int[], $5::text[])
  AS q(position, "websiteNo", round_ms, "validatorNo", leaf)
JOIN "WebsiteTick" t ON t."websiteNo" = q."websiteNo" AND t."validatorNo" = q."validatorNo"
  AND t."roundAt" = to_timestamp(q.round_ms / 1000.0)
JOIN "Submission" s ON s.id = t."submissionId"
  AND s."roundAt" >= t."roundAt" AND s."roundAt" < t."roundAt" + interval '1 day'`

export type StoredAnswer = 'SAME' | 'OTHER' | 'NONE'

/** Of each tick: whether the very same statement is stored, another for its callback, or none. */
export async function compareStored(sql: Sql, ticks: readonly SoundTick[]): Promise<StoredAnswer[]> {
  const answers = ticks.map((): StoredAnswer => 'NONE')
  if (ticks.length === 0) return answers
  const rows = await sql.query<{ position: number; same: boolean }>(STORED_LEAVES, [
    ticks.map((_tick, position) => position),
    ticks.map(({ callback }) => callback.websiteNo),
    ticks.map(({ callback }) => callback.roundAt),
    ticks.map(({ callback }) => callback.validatorNo),
    ticks.map(({ submission, leafIndex }) => submission.leaves[leafIndex]?.toString('hex')),
  ])
  for (const { position, same } of rows) answers[position] = same ? 'SAME' : 'OTHER'
  return answers
}
