import { v7 as uuid } from 'uuid'
import { type DeliveryAttempt, Prisma } from '../generated/prisma/client.js'
import { columnsOf } from '../store/columns-of.js'
import type { Sql, Store } from '../store/store.js'
import type { SendResult } from './channel-sender.js'
import { nextTryAt } from './retry-schedule.js'

export interface FinishedTry {
  delivery: { id: string; channelId: string; createdAt: Date }
  startedAt: number
  endedAt: number
  /** From 0 to below 1, for the jitter of the next wait. */
  random: number
  result: SendResult
  /** A test is tried once. */
  once?: boolean
}

export async function recordAttempt(
  store: Pick<Store, 'transaction'>,
  finished: FinishedTry,
): Promise<DeliveryAttempt> {
  const { delivery, startedAt, result } = finished
  const { durationMs, outcome, httpStatus, answer, error } = result
  return store.transaction(async (sql) => {
    // One at a time per channel: turning it off and claiming from it happen before or after.
    const [channel] = await sql.query<{ isOn: boolean }>(
      `SELECT enabled AND "deletedAt" IS NULL AS "isOn" FROM "Channel" WHERE id = $1 FOR NO KEY UPDATE`,
      [delivery.channelId],
    )
    const [attempt] = await sql.query<DeliveryAttempt>(
      `INSERT INTO "DeliveryAttempt" (id, "deliveryId", at, "durationMs", outcome, "httpStatus", answer, error)
       VALUES ($1, $2, $3, $4, $5::"AttemptOutcome", $6, $7, $8) RETURNING ${columnsOf(Prisma.DeliveryAttemptScalarFieldEnum)}`,
      [uuid(), delivery.id, new Date(startedAt), durationMs, outcome, httpStatus, answer, error],
    )
    if (!attempt) throw new Error('an insert returned no attempt')
    await carryOn(sql, finished, decide(finished, channel?.isOn ?? false))
    return attempt
  })
}

type Decision = { kind: 'delivered' } | { kind: 'abandoned' } | { kind: 'retry'; at: number; forAll: boolean }

function decide(
  { delivery, startedAt, endedAt, random, result: { outcome }, once }: FinishedTry,
  isOn: boolean,
): Decision {
  if (outcome === 'DELIVERED') return { kind: 'delivered' }
  if (!isOn || once || outcome === 'GONE') return { kind: 'abandoned' }
  // The next hub to start tries it at once.
  if (outcome === 'STOPPED') return { kind: 'retry', at: endedAt, forAll: false }
  const at = nextTryAt({ createdAt: delivery.createdAt.getTime(), startedAt, endedAt, random })
  return at === null ? { kind: 'abandoned' } : { kind: 'retry', at, forAll: outcome === 'UNREACHABLE' }
}

/** Where a lease ran out, another hub may have settled it meanwhile. */
const IS_OPEN = `"deliveredAt" IS NULL AND "abandonedAt" IS NULL`

async function carryOn(sql: Sql, { delivery, endedAt, result }: FinishedTry, decision: Decision): Promise<void> {
  const { id, channelId } = delivery
  switch (decision.kind) {
    case 'delivered':
      // Delivered all the same if it was abandoned meanwhile, because the channel was turned off.
      await sql.query(
        `UPDATE "Delivery" SET "nextAttemptAt" = NULL, "deliveredAt" = $2, "abandonedAt" = NULL
         WHERE id = $1 AND "deliveredAt" IS NULL`,
        [id, new Date(endedAt)],
      )
      return
    case 'retry':
      await sql.query(`UPDATE "Delivery" SET "nextAttemptAt" = $2 WHERE id = $1 AND ${IS_OPEN}`, [
        id,
        new Date(decision.at),
      ])
      // A receiver that accepts nothing is tried once, not once for each message that waits.
      if (decision.forAll) {
        await sql.query(`UPDATE "Delivery" SET "nextAttemptAt" = $2 WHERE "channelId" = $1 AND "nextAttemptAt" < $2`, [
          channelId,
          new Date(decision.at),
        ])
      }
      return
    case 'abandoned':
      await sql.query(`UPDATE "Delivery" SET "nextAttemptAt" = NULL, "abandonedAt" = $2 WHERE id = $1 AND ${IS_OPEN}`, [
        id,
        new Date(endedAt),
      ])
      if (result.outcome !== 'GONE') return
      await sql.query(`UPDATE "Channel" SET enabled = false WHERE id = $1`, [channelId])
      await abandonDeliveries(sql, channelId, endedAt)
  }
}

/** Abandons all that waits for a channel; to be called under its row's lock. */
export async function abandonDeliveries(sql: Sql, channelId: string, now: number): Promise<void> {
  await sql.query(
    `UPDATE "Delivery" SET "nextAttemptAt" = NULL, "abandonedAt" = $2
     WHERE "channelId" = $1 AND "nextAttemptAt" IS NOT NULL`,
    [channelId, new Date(now)],
  )
}
