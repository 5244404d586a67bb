import { beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest'
import { deleteChannel } from './delete-channel.js'
import {
  openTestOutbox,
  startReceiver,
  startScripted,
  startTestDeliverer,
  type TestOutbox,
} from '../testing/notice/outbox.js'
import { updateWebhook } from './update-webhook.js'

let outbox: TestOutbox
beforeEach(async () => {
  const opened = await openTestOutbox(inject('template'))
  // The deliverers of a test end before its database does: what is registered last runs first.
  onTestFinished(() => opened.store.close())
  outbox = opened
})

describe('a message that is not taken', () => {
  it('is tried by the schedule, under one id, and then given up', async () => {
    const { url, received } = await startReceiver((_, response) => response.writeHead(503).end('down'))
    await outbox.addWebhook(url)
    await outbox.enqueue(1)
    const start = outbox.clock.now()
    const deliverer = startTestDeliverer(outbox)
    await deliverer.idle()
    const tried: number[] = []
    for (;;) {
      const [delivery] = await outbox.deliveries()
      tried.push((delivery?.attempts.at(-1)?.at.getTime() ?? 0) - start)
      expect(received).toHaveLength(tried.length)
      if (!delivery?.nextAttemptAt) break
      outbox.clock.moveTo(delivery.nextAttemptAt.getTime() - 1)
      await deliverer.idle()
      expect(received).toHaveLength(tried.length)
      outbox.clock.advance(1)
      await deliverer.idle()
    }
    expect(tried).toEqual([0, 5_000, 35_000, 155_000, 755_000, 4_355_000, 25_955_000, 112_355_000])
    expect(new Set(received.map(({ id }) => id)).size).toBe(1)
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
    expect(received.map(({ headers }) => Number(headers['webhook-timestamp']) * 1_000 - start)).toEqual(tried)
    const [delivery] = await outbox.deliveries()
    expect(delivery).toMatchObject({ attemptCount: 8, deliveredAt: null, abandonedAt: new Date(start + 112_355_000) })
    expect(delivery?.attempts[7]).toMatchObject({
      httpStatus: 503,
      answer: 'down',
      error: 'The receiver answered with status 503; any from 200 to 299 would have counted as delivered.',
    })
    outbox.clock.advance(7 * 86_400_000)
    await deliverer.idle()
    expect(received).toHaveLength(8)
  })

  it('keeps those behind it waiting, and they come in their order', async () => {
    const { url, numbers } = await startScripted(500)
    await outbox.addWebhook(url)
    await outbox.enqueue(1, 2, 3)
    const deliverer = startTestDeliverer(outbox)
    await deliverer.idle()
    expect(numbers()).toEqual([1])
    outbox.clock.advance(4_999)
    await deliverer.idle()
    expect(numbers()).toEqual([1])
    outbox.clock.advance(1)
    await deliverer.idle()
    expect(numbers()).toEqual([1, 1, 2, 3])
  })

  it('is tried out of turn when there is news, which does not overtake it', async () => {
    const { url, numbers } = await startScripted(500, 500, 500, 500, 500)
    await outbox.addWebhook(url)
    await outbox.enqueue(1)
    const deliverer = startTestDeliverer(outbox)
    await deliverer.idle()
    for (const wait of [5_000, 30_000, 120_000, 600_000]) {
      outbox.clock.advance(wait)
      await deliverer.idle()
    }
    expect(numbers()).toEqual([1, 1, 1, 1, 1])
    // An hour's wait has begun, and the receiver is back.
    outbox.clock.advance(60_000)
    await outbox.enqueue(2)
    deliverer.wake()
    await deliverer.idle()
    expect(numbers()).toEqual([1, 1, 1, 1, 1, 1, 2])
  })

  it('uses up none of its schedule by being tried out of turn, and news does not make it be tried twice', async () => {
    const { url, numbers } = await startReceiver((_, response) => response.writeHead(500).end())
    await outbox.addWebhook(url)
    await outbox.enqueue(1)
    const start = outbox.clock.now()
    outbox.clock.advance(1_000_000)
    const deliverer = startTestDeliverer(outbox)
    await deliverer.idle()
    for (const number of [2, 3]) {
      outbox.clock.advance(1_000)
      await outbox.enqueue(number)
      deliverer.wake()
      await deliverer.idle()
    }
    expect(numbers()).toEqual([1, 1, 1])
    const next = new Date(start + 4_355_000)
    expect((await outbox.deliveries()).map(({ nextAttemptAt }) => nextAttemptAt)).toEqual([next, next, next])
  })

  it('stands aside when the receiver refuses just that message', async () => {
    const { url, numbers } = await startReceiver((message, response) => {
      response.writeHead(message.number === 1 ? 422 : 200).end()
    })
    await outbox.addWebhook(url)
    await outbox.enqueue(1, 2)
    const deliverer = startTestDeliverer(outbox)
    await deliverer.idle()
    expect(numbers()).toEqual([1, 2])
    await outbox.enqueue(3)
    deliverer.wake()
    await deliverer.idle()
    expect(numbers()).toEqual([1, 2, 3])
    outbox.clock.advance(5_000)
    await deliverer.idle()
    expect(numbers()).toEqual([1, 2, 3, 1])
  })
})

describe('a webhook', () => {
  it('whose receiver answers 410 is turned off at once, and all that waits for it is given up', async () => {
    const { url, numbers } = await startScripted(410)
    const { webhook } = await outbox.addWebhook(url)
    await outbox.enqueue(1, 2)
    const deliverer = startTestDeliverer(outbox)
    await deliverer.idle()
    await outbox.enqueue(3)
    outbox.clock.advance(60_000)
    await deliverer.idle()
    expect(numbers()).toEqual([1])
    const now = await outbox.store.prisma.channel.findUniqueOrThrow({ where: { id: webhook.id } })
    expect(now.enabled).toBe(false)
    const deliveries = await outbox.deliveries()
    expect(deliveries).toHaveLength(2)
    for (const delivery of deliveries) {
      expect(delivery).toMatchObject({ nextAttemptAt: null, deliveredAt: null, abandonedAt: expect.any(Date) })
    }
  })

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['turned off', (id) => updateWebhook(outbox, outbox.actor, { id, enabled: false })],
    ['deleted', (id) => deleteChannel(outbox, outbox.actor, id)],
  ])('that is %s gets nothing more, not even what waits', async (_, turnOff) => {
    const { url, numbers } = await startScripted(500)
    const { webhook } = await outbox.addWebhook(url)
    await outbox.enqueue(1, 2)
    const deliverer = startTestDeliverer(outbox)
    await deliverer.idle()
    await turnOff(webhook.id)
    await outbox.enqueue(3)
    outbox.clock.advance(60_000)
    await deliverer.idle()
    expect(numbers()).toEqual([1])
    expect(await outbox.deliveries()).toMatchObject([
      { abandonedAt: expect.any(Date) },
      { abandonedAt: expect.any(Date) },
    ])
  })

  it('that is turned on again gets news only', async () => {
    const { url, numbers } = await startScripted(500)
    const { webhook } = await outbox.addWebhook(url)
    await outbox.enqueue(1)
    const deliverer = startTestDeliverer(outbox)
    await deliverer.idle()
    const { id } = webhook
    await updateWebhook(outbox, outbox.actor, { id, enabled: false })
    // Written by somebody who still saw it on.
    await outbox.store.prisma.channel.update({ where: { id: webhook.id }, data: { enabled: true } })
    await outbox.enqueue(2)
    await outbox.store.prisma.channel.update({ where: { id: webhook.id }, data: { enabled: false } })
    outbox.clock.advance(60_000)
    await deliverer.idle()
    await updateWebhook(outbox, outbox.actor, { id, enabled: true })
    await outbox.enqueue(3)
    outbox.clock.advance(60_000)
    await deliverer.idle()
    expect(numbers()).toEqual([1, 3])
  })

  it('that is turned off while a message is under way: it counts as what it came to', async () => {
    const { webhook, numbers } = await startTurningOff(200)
    expect(numbers()).toEqual([1])
    expect(await outbox.deliveries()).toMatchObject([{ deliveredAt: expect.any(Date), abandonedAt: null }])
    expect(webhook.enabled).toBe(true)
  })

  it('that is turned off while a message is under way: it is not tried again', async () => {
    const { numbers } = await startTurningOff(500)
    expect(numbers()).toEqual([1])
    expect(await outbox.deliveries()).toMatchObject([{ nextAttemptAt: null, abandonedAt: expect.any(Date) }])
  })

  async function startTurningOff(status: number) {
    const receiver = await startReceiver(async (_, response) => {
      await updateWebhook(outbox, outbox.actor, { id: webhook.id, enabled: false })
      response.writeHead(status).end()
    })
    const { webhook } = await outbox.addWebhook(receiver.url)
    await outbox.enqueue(1)
    const deliverer = startTestDeliverer(outbox)
    await deliverer.idle()
    outbox.clock.advance(60_000)
    await deliverer.idle()
    return { ...receiver, webhook }
  }
})
