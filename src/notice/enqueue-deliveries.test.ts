import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { addTestUser, ownerActor } from '../testing/owner/parts.js'
import { createWebsite } from '../website/create-website.js'
import { deleteChannel } from './delete-channel.js'
import { enqueueDeliveries, type Notice } from './enqueue-deliveries.js'
import { openTestOutbox } from '../testing/notice/outbox.js'
import { updateWebhook } from './update-webhook.js'

const outbox = await openTestOutbox(inject('template'))
afterAll(() => outbox.store.close())
const { store, clock, userId, websiteId } = outbox
const strangerId = await addTestUser(outbox, 'stranger@example.com')

beforeEach(async () => {
  await store.prisma.delivery.deleteMany()
  await store.prisma.channel.deleteMany()
})

const opened = (data: Record<string, unknown> = {}): Notice => {
  return { userId, websiteId, event: 'incident.opened', data }
}
const enqueue = (...messages: Notice[]) => store.transaction((sql) => enqueueDeliveries(sql, messages, clock.now()))

describe('enqueueDeliveries', () => {
  it('writes the final body, due at once', async () => {
    const { webhook } = await outbox.addWebhook('http://127.0.0.1:1/')
    await enqueue(opened({ url: 'https://shop.example.com/', "it's": ['"\\', null, 'ü\u0000'] }))
    const [delivery, ...others] = await outbox.deliveries()
    expect(others).toEqual([])
    const now = new Date(clock.now())
    expect(delivery).toMatchObject({ channelId: webhook.id, event: 'incident.opened', createdAt: now })
    expect(delivery).toMatchObject({ nextAttemptAt: now, attemptCount: 0, deliveredAt: null, abandonedAt: null })
    expect(JSON.parse(delivery?.payload ?? '')).toEqual({
      type: 'incident.opened',
      timestamp: now.toISOString(),
      data: { url: 'https://shop.example.com/', "it's": ['"\\', null, 'ü\u0000'] },
    })
  })

  it('writes to each webhook of the owner that is for the website or for all, and to nobody else', async () => {
    const another = await createWebsite(outbox, ownerActor(userId), {
      name: 'Other',
      url: 'https://other.example.com/',
    })
    if (another.kind !== 'created') throw new Error(another.message)
    const all = await outbox.addWebhook('http://127.0.0.1:1/all')
    const one = await outbox.addWebhook('http://127.0.0.1:1/one', websiteId)
    await outbox.addWebhook('http://127.0.0.1:1/other', another.website.id)
    const off = await outbox.addWebhook('http://127.0.0.1:1/off')
    await updateWebhook(outbox, outbox.actor, { id: off.webhook.id, enabled: false })
    const gone = await outbox.addWebhook('http://127.0.0.1:1/gone')
    await deleteChannel(outbox, outbox.actor, gone.webhook.id)
    await enqueue(opened(), { ...opened(), userId: strangerId })
    expect((await outbox.deliveries()).map(({ channelId }) => channelId).sort()).toEqual(
      [all.webhook.id, one.webhook.id].sort(),
    )
  })

  it('is one statement for any number, in their order', async () => {
    const { webhook } = await outbox.addWebhook('http://127.0.0.1:1/1')
    await outbox.addWebhook('http://127.0.0.1:1/2')
    const counts: number[] = []
    for (const count of [0, 1, 600]) {
      const messages = Array.from({ length: count }, (_, number) => opened({ number }))
      let statements = 0
      await store.transaction((sql) =>
        enqueueDeliveries(
          {
            ...sql,
            query: (text, parameters) => {
              statements += 1
              return sql.query(text, parameters)
            },
          },
          messages,
          clock.now(),
        ),
      )
      counts.push(statements)
    }
    expect(counts).toEqual([0, 1, 1])
    const deliveries = await outbox.deliveries()
    expect(deliveries).toHaveLength(1_202)
    const numbers = deliveries
      .filter(({ channelId }) => channelId === webhook.id)
      .map(({ payload }) => (JSON.parse(payload) as { data: { number?: number } }).data.number)
    expect(numbers).toEqual([0, ...Array.from({ length: 600 }, (_, number) => number)])
  })

  it('goes with the transaction that it is in', async () => {
    await outbox.addWebhook('http://127.0.0.1:1/')
    const failing = store.transaction(async (sql) => {
      await enqueueDeliveries(sql, [opened()], clock.now())
      throw new Error('the round could not be closed')
    })
    await expect(failing).rejects.toThrow('could not be closed')
    expect(await outbox.deliveries()).toEqual([])
  })
})
