import { v7 as uuid } from 'uuid'
import { recordChange } from '../audit/record-change.js'
import type { Delivery, DeliveryAttempt } from '../generated/prisma/client.js'
import type { OwnerActor } from '../graph/actor.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { MINUTE_MS } from '../time.js'
import type { ChannelSender } from './channel-sender.js'
import type { StoredChannel } from './channel/open-channel.js'
import { TYPE_NAMES } from './channel/type-names.js'
import { lockChannel } from './lock-channel.js'
import { messagePayload } from './message-payload.js'
import { channelNotFound } from './not-found.js'
import { recordAttempt } from './record-attempt.js'
import { sendUnlessDenied } from './send-unless-denied.js'

const TEST_EVENT = 'channel.test'
/** Per channel: a hub must not become a tool for flooding somebody. */
const TESTS_PER_MINUTE_MAX = 10

export type TestChannelResult =
  | { kind: 'tested'; attempt: DeliveryAttempt }
  | Refusal<'NOT_FOUND' | 'DISABLED' | 'TEST_UNDER_WAY' | 'TOO_MANY_TESTS'>

type TestParts = Pick<Parts, 'store' | 'clock'> & { channelSender: ChannelSender }

/** Sends a channel one message at once, ahead of all that waits, and resolves with the attempt. */
export async function testChannel(parts: TestParts, actor: OwnerActor, id: string): Promise<TestChannelResult> {
  const test = await writeTest(parts, actor, id)
  if (test.kind === 'refused') return test
  const { store, clock } = parts
  const { channel, delivery } = test
  const at = delivery.createdAt.getTime()
  const result = await sendUnlessDenied(parts, channel, { id: delivery.id, payload: delivery.payload, at })
  const finished = { delivery, startedAt: at, endedAt: clock.now(), random: 0, result, once: true }
  return { kind: 'tested', attempt: await recordAttempt(store, finished) }
}

type WrittenTest = Pick<Delivery, 'id' | 'channelId' | 'payload' | 'createdAt'>

type Test =
  | { kind: 'written'; channel: StoredChannel; delivery: WrittenTest }
  | Extract<TestChannelResult, { kind: 'refused' }>

/** Recorded before it is sent, and due for no deliverer, so that every hub sees it under way. */
async function writeTest({ store, clock }: TestParts, actor: OwnerActor, id: string): Promise<Test> {
  return store.change(async ({ sql, prisma }): Promise<Test> => {
    const channel = await lockChannel(sql, { userId: actor.userId, id })
    if (channel === null) return channelNotFound()
    if (!channel.enabled)
      return refuse('DISABLED', 'This channel is turned off; turn it on first, a webhook with `updateWebhook`.')
    const at = clock.now()
    const [tests] = await sql.query<{ count: number; underWay: number }>(
      `SELECT count(*)::int AS count,
              (count(*) FILTER (WHERE "deliveredAt" IS NULL AND "abandonedAt" IS NULL))::int AS "underWay"
       FROM "Delivery" WHERE "channelId" = $1 AND event = $2 AND "createdAt" > $3`,
      [id, TEST_EVENT, new Date(at - MINUTE_MS)],
    )
    if ((tests?.underWay ?? 0) > 0) {
      return refuse('TEST_UNDER_WAY', 'A test of this channel is under way; wait a few seconds for its end.')
    }
    if ((tests?.count ?? 0) >= TESTS_PER_MINUTE_MAX) {
      return refuse(
        'TOO_MANY_TESTS',
        `A channel is tested at most ${TESTS_PER_MINUTE_MAX} times a minute; wait a minute.`,
      )
    }
    const payload = messagePayload(TEST_EVENT, at, { channelId: id })
    const delivery = { id: uuid(), channelId: id, payload, createdAt: new Date(at) }
    await prisma.delivery.create({ data: { ...delivery, event: TEST_EVENT, attemptCount: 1 } })
    await recordChange(sql, actor, { at, action: 'testChannel', subject: [TYPE_NAMES[channel.kind], id] })
    return { kind: 'written', channel, delivery }
  })
}
