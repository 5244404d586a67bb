import { v7 as uuid } from 'uuid'
import type { WebhookAttempt } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { MINUTE_MS } from '../time.js'
import { lockWebhook } from './lock-webhook.js'
import { messageBody } from './message-body.js'
import { webhookNotFound } from './not-found.js'
import { recordAttempt } from './record-attempt.js'
import { sendUnlessDenied } from './send-unless-denied.js'
import type { OutgoingMessage, WebhookSender } from './webhook-sender.js'

const TEST_EVENT = 'webhook.test'
/** A hub is no tool to flood somebody with: tests of a webhook within a minute. */
const TESTS_PER_MINUTE_MAX = 10

export type TestWebhookResult =
  | { kind: 'tested'; attempt: WebhookAttempt }
  | Refusal<'NOT_FOUND' | 'DISABLED' | 'TEST_UNDER_WAY' | 'TOO_MANY_TESTS'>

type TestParts = Pick<Parts, 'store' | 'clock'> & { webhookSender: WebhookSender }

/** Sends a webhook a message now, once, and resolves with what came of it. It waits behind nothing. */
export async function testWebhook(parts: TestParts, input: { userId: string; id: string }): Promise<TestWebhookResult> {
  const test = await writeTest(parts, input)
  if (test.kind === 'refused') return test
  const { store, clock } = parts
  const { delivery, message } = test
  const outcome = await sendUnlessDenied(parts, message)
  const finished = { delivery, startedAt: message.at, endedAt: clock.now(), random: 0, outcome, once: true }
  return { kind: 'tested', attempt: await recordAttempt(store, finished) }
}

type Test =
  | { kind: 'written'; delivery: { id: string; webhookId: string; createdAt: Date }; message: OutgoingMessage }
  | Extract<TestWebhookResult, { kind: 'refused' }>

/** Writes the message down before it is sent, not due for any deliverer, so that every hub sees it under way. */
async function writeTest({ store, clock }: TestParts, { userId, id }: { userId: string; id: string }): Promise<Test> {
  return store.transaction(async (sql) => {
    const webhook = await lockWebhook(sql, userId, id)
    if (webhook === null) return webhookNotFound()
    if (!webhook.enabled)
      return refuse('DISABLED', 'This webhook is turned off; turn it on with `updateWebhook` first.')
    const at = clock.now()
    const [tests] = await sql.query<{ count: number; underWay: number }>(
      `SELECT count(*)::int AS count,
              (count(*) FILTER (WHERE "deliveredAt" IS NULL AND "abandonedAt" IS NULL))::int AS "underWay"
       FROM "WebhookDelivery" WHERE "webhookId" = $1 AND event = $2 AND "createdAt" > $3`,
      [id, TEST_EVENT, new Date(at - MINUTE_MS)],
    )
    if ((tests?.underWay ?? 0) > 0) {
      return refuse('TEST_UNDER_WAY', 'A test of this webhook is under way; wait for its end, at most some seconds.')
    }
    if ((tests?.count ?? 0) >= TESTS_PER_MINUTE_MAX) {
      return refuse('TOO_MANY_TESTS', `A webhook is tested at most ${TESTS_PER_MINUTE_MAX} times a minute; wait one.`)
    }
    const delivery = { id: uuid(), webhookId: id, createdAt: new Date(at) }
    const body = messageBody(TEST_EVENT, at, { webhookId: id })
    await sql.query(
      `INSERT INTO "WebhookDelivery" (id, "webhookId", event, payload, "createdAt", "attemptCount")
       VALUES ($1, $2, $3, $4, $5, 1)`,
      [delivery.id, id, TEST_EVENT, body, delivery.createdAt],
    )
    const { url, secret } = webhook
    return { kind: 'written', delivery, message: { url, secret, id: delivery.id, body, at } }
  })
}
