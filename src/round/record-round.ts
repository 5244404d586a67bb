import type { Sql } from '../store/store.js'
import type { AssignmentInput } from './assignment.js'
import { CHECK_VERSION } from '../protocol/limits.js'
import { LOCKS } from '../store/locks.js'
import { REWARD_RULE } from './reward-rule.js'
import { roundTimes } from './round-times.js'
import type { RoundParts } from './round-parts.js'

export interface RecordedRound {
  roundAt: Date
  deadlineAt: Date
  intervalMs: number
  keyId: number
}

/**
 * A newer round that is sealed already keeps it out, unless that is out of order, and a sealed one of the same instant is
 * over as well. Time that one out of order stands for is not asked for again.
 */
const RECORD = `
INSERT INTO "Round" ("roundAt", "deadlineAt", "intervalMs", "keyId", kind, "rewardRule", "rewardLamports", "setAside", "checkVersion")
SELECT $1::timestamptz, $2::timestamptz, $3::int, $4::smallint, 'SCHEDULED', $5, $6::bigint, '{}', $7::smallint
WHERE NOT EXISTS (
  SELECT 1 FROM "Round" WHERE "roundAt" >= $1::timestamptz AND "sealedAt" IS NOT NULL AND NOT "outOfOrder")
AND NOT EXISTS (
  SELECT 1 FROM "Round" WHERE "outOfOrder" AND "roundAt" <= $1::timestamptz
    AND "roundAt" + "intervalMs" * interval '1 millisecond' > $1::timestamptz)
ON CONFLICT DO NOTHING`

const OPEN_ROUND = `
SELECT "roundAt", "deadlineAt", "intervalMs", "keyId"::int AS "keyId"
FROM "Round" WHERE "roundAt" = $1::timestamptz AND "sealedAt" IS NULL`

/** The first hub to record a round decides its deadline, key and reward. Null when it, or a later one, is being closed. */
export async function recordRound(
  { store, settings, keys }: Pick<RoundParts, 'store' | 'settings' | 'keys'>,
  roundAt: number,
  intervalMs: number,
): Promise<RecordedRound | null> {
  const { deadlineAt } = roundTimes(settings, roundAt, intervalMs)
  return store.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock_shared($1)', [LOCKS.ORDER_OF_ROUNDS])
    await sql.query(RECORD, [
      new Date(roundAt),
      new Date(deadlineAt),
      intervalMs,
      keys.newest.id,
      REWARD_RULE,
      settings.tickRewardLamports.toString(),
      CHECK_VERSION,
    ])
    const [round] = await sql.query<RecordedRound>(OPEN_ROUND, [new Date(roundAt)])
    return round ?? null
  })
}

/** Holds the round open until it is written: whoever counts the answers knows all who were asked. */
const RECORD_ROSTER = `
WITH open AS (
  SELECT "roundAt" FROM "Round" WHERE "roundAt" = $1::timestamptz AND "sealedAt" IS NULL FOR SHARE
), recorded AS (
  INSERT INTO "RoundRoster" ("roundAt", "hubId", rule, seed, "websiteNos", "checkRevisions", "validatorNos", networks)
  SELECT "roundAt", $2::uuid, $3, $4, $5::int[], $6::int[], $7::int[], $8::text[] FROM open
  ON CONFLICT ("roundAt", "hubId") DO UPDATE SET rule = excluded.rule, seed = excluded.seed,
    "websiteNos" = excluded."websiteNos", "checkRevisions" = excluded."checkRevisions",
    "validatorNos" = excluded."validatorNos", networks = excluded.networks WHERE $9::boolean
  RETURNING 1
)
SELECT (SELECT count(*) FROM open)::int AS open, (SELECT count(*) FROM recorded)::int AS recorded`

export interface NewRoster extends AssignmentInput {
  rule: string
  checkRevisions: readonly number[]
  /** Replaces one of this hub's: a try whose commit was not answered asked nobody, and would count as silence. */
  replaces: boolean
}

/** `KNOWN`: the hub has recorded it before. `OVER`: the round is being closed. */
export async function recordRoster(
  sql: Sql,
  hubId: string,
  roundAt: Date,
  { rule, seed, websiteNos, checkRevisions, validatorNos, networks, replaces }: NewRoster,
): Promise<'RECORDED' | 'KNOWN' | 'OVER'> {
  const [row] = await sql.query<{ open: number; recorded: number }>(RECORD_ROSTER, [
    roundAt,
    hubId,
    rule,
    seed,
    websiteNos,
    checkRevisions,
    validatorNos,
    networks,
    replaces,
  ])
  if (row?.open !== 1) return 'OVER'
  return row.recorded === 1 ? 'RECORDED' : 'KNOWN'
}
