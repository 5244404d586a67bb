import type { Sql } from '../store/store.js'
import type { SoundTick } from './submission.js'

/** Each answer once. In the order of the validators, as a round's closing has it, so that the two cannot deadlock. */
const COUNT_LATE = `
WITH late AS (
  INSERT INTO "LateTick" ("roundAt", "websiteNo", "validatorNo")
  SELECT to_timestamp(round_ms / 1000.0), "websiteNo", "validatorNo"
  FROM unnest($1::bigint[], $2::int[], $3::int[]) AS t(round_ms, "websiteNo", "validatorNo")
  ON CONFLICT DO NOTHING
  RETURNING "validatorNo", ("roundAt" AT TIME ZONE 'UTC')::date AS day
)
INSERT INTO "ValidatorDay" AS d ("validatorNo", day, asked, agreed, disagreed, undecided, unanswered, late)
SELECT "validatorNo", day, 0, 0, 0, 0, 0, count(*)::int FROM late GROUP BY 1, 2 ORDER BY 1, 2
ON CONFLICT ("validatorNo", day) DO UPDATE SET late = d.late + excluded.late`

/** Counts answers that came after their round was over: neither stored nor paid. */
export async function countLate(sql: Sql, ticks: readonly SoundTick[]): Promise<void> {
  if (ticks.length === 0) return
  await sql.query(COUNT_LATE, [
    ticks.map(({ callback }) => callback.roundAt),
    ticks.map(({ callback }) => callback.websiteNo),
    ticks.map(({ callback }) => callback.validatorNo),
  ])
}
