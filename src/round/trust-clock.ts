import { recordChange } from '../audit/record-change.js'
import type { Actor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'

export type TrustClockResult = { kind: 'trusted'; since: Date } | Refusal<'NOTHING_HELD'>

const TRUST = `
UPDATE "ClockJump" SET "trustedAt" = $1::timestamptz WHERE "trustedAt" IS NULL RETURNING "noticedAt"`

/** Lets old data be dropped again after a jump of the clock. */
export async function trustClock(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  actor: Actor,
): Promise<TrustClockResult> {
  const now = clock.now()
  return store.transaction(async (sql) => {
    const rows = await sql.query<{ noticedAt: Date }>(TRUST, [new Date(now)])
    const [first] = rows.map(({ noticedAt }) => noticedAt).sort((a, b) => a.getTime() - b.getTime())
    if (!first) return refuse('NOTHING_HELD', 'The clock is already trusted, and nothing is held back.')
    await recordChange(sql, actor, { at: now, action: 'trustClock', subject: ['Clock', first.toISOString()] })
    return { kind: 'trusted', since: first }
  })
}
