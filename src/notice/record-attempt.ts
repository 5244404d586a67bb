import { v7 as uuid } from 'uuid'
import type { WebhookAttempt } from '../generated/prisma/client.js'
import type { Sql, Store } from '../store/store.js'
import { nextTryAt } from './retry-schedule.js'
import type { SendOutcome } from './webhook-sender.js'

export interface FinishedTry {
  delivery: { id: string; webhookId: string; createdAt: Date }
  /** Unix milliseconds. */
  startedAt: number
  endedAt: number
  /** From 0 to below 1, for the next wait. */
  random: number
  outcome: SendOutcome
  /** Whether it was a test, which is tried once. */
  once?: boolean
}

/** Writes a try into the delivery log and decides what becomes of its delivery, in one transaction. */
export async function recordAttempt(store: Pick<Store, 'transaction'>, finished: FinishedTry): Promise<WebhookAttempt> {
  const { delivery, startedAt, outcome } = finished
  return store.transaction(async (sql) => {
    // One at a time for a webhook: who turns it off or claims from it does it before or after.
    const [webhook] = await sql.query<{ isOn: boolean }>(
      `SELECT enabled AND "deletedAt" IS NULL AS "isOn" FROM "Webhook" WHERE id = $1 FOR NO KEY UPDATE`,
      [delivery.webhookId],
    )
    const [attempt] = await sql.query<WebhookAttempt>(
      `INSERT INTO "WebhookAttempt" (id, "deliveryId", at, "durationMs", "httpStatus", answer, error)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *`,
      [uuid(), delivery.id, new Date(startedAt), outcome.durationMs, outcome.httpStatus, outcome.answer, outcome.error],
    )
    if (!attempt) throw new Error('an insert returned no attempt')
    await carryOn(sql, finished, decide(finished, webhook?.isOn ?? false))
    return attempt
  })
}

type Decision = { kind: 'delivered' } | { kind: 'abandoned' } | { kind: 'retry'; at: number; forAll: boolean }

function decide({ delivery, startedAt, endedAt, random, outcome, once }: FinishedTry, isOn: boolean): Decision {
  if (outcome.verdict === 'DELIVERED') return { kind: 'delivered' }
  if (!isOn || once || outcome.verdict === 'GONE') return { kind: 'abandoned' }
  // The next hub to start makes up for it at once.
  if (outcome.verdict === 'STOPPED') return { kind: 'retry', at: endedAt, forAll: false }
  const at = nextTryAt({ createdAt: delivery.createdAt.getTime(), startedAt, endedAt, random })
  return at === null ? { kind: 'abandoned' } : { kind: 'retry', at, forAll: outcome.verdict === 'UNREACHABLE' }
}

/** Where a lease ran out, another hub may have settled it meanwhile: that stays as it is. */
const IS_OPEN = `"deliveredAt" IS NULL AND "abandonedAt" IS NULL`

async function carryOn(sql: Sql, { delivery, endedAt, outcome }: FinishedTry, decision: Decision): Promise<void> {
  const { id, webhookId } = delivery
  switch (decision.kind) {
    case 'delivered':
      // Given up meanwhile, because the webhook was turned off: delivered it is all the same.
      await sql.query(
        `UPDATE "WebhookDelivery" SET "nextAttemptAt" = NULL, "deliveredAt" = $2, "abandonedAt" = NULL
         WHERE id = $1 AND "deliveredAt" IS NULL`,
        [id, new Date(endedAt)],
      )
      return
    case 'retry':
      await sql.query(`UPDATE "WebhookDelivery" SET "nextAttemptAt" = $2 WHERE id = $1 AND ${IS_OPEN}`, [
        id,
        new Date(decision.at),
      ])
      // A receiver that takes nothing is asked again once, not once for each message that waits.
      if (decision.forAll) {
        await sql.query(
          `UPDATE "WebhookDelivery" SET "nextAttemptAt" = $2 WHERE "webhookId" = $1 AND "nextAttemptAt" < $2`,
          [webhookId, new Date(decision.at)],
        )
      }
      return
    case 'abandoned':
      await sql.query(
        `UPDATE "WebhookDelivery" SET "nextAttemptAt" = NULL, "abandonedAt" = $2 WHERE id = $1 AND ${IS_OPEN}`,
        [id, new Date(endedAt)],
      )
      if (outcome.verdict !== 'GONE') return
      await sql.query(`UPDATE "Webhook" SET enabled = false WHERE id = $1`, [webhookId])
      await abandonDeliveries(sql, webhookId, endedAt)
  }
}

/** Gives up all that waits for a webhook, in the transaction that turns it on, off or deletes it, under its row's lock. */
export async function abandonDeliveries(sql: Sql, webhookId: string, now: number): Promise<void> {
  await sql.query(
    `UPDATE "WebhookDelivery" SET "nextAttemptAt" = NULL, "abandonedAt" = $2
     WHERE "webhookId" = $1 AND "nextAttemptAt" IS NOT NULL`,
    [webhookId, new Date(now)],
  )
}
