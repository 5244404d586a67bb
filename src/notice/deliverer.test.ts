import { Webhook } from 'standardwebhooks'
import { beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest'
import { serveAnswer } from '../testing/agent/check/loopback.js'
import { breakable, keptOpen } from '../testing/store-wrappers.js'
import { LEASE_MS } from './claim-deliveries.js'
import { openTestOutbox, startReceiver, startTestDeliverer, type TestOutbox } from '../testing/notice/outbox.js'

let outbox: TestOutbox
beforeEach(async () => {
  const opened = await openTestOutbox(inject('template'))
  // The deliverers of a test end before its database does: what is registered last runs first.
  onTestFinished(() => opened.store.close())
  outbox = opened
})

describe('a deliverer', () => {
  it('sends what is in the outbox, signed, once', async () => {
    // The reference looks at the time.
    outbox.clock.moveTo(Date.now())
    const { url, received } = await startReceiver()
    const { secret } = await outbox.addWebhook(url)
    const deliverer = startTestDeliverer(outbox)
    await deliverer.idle()
    await outbox.enqueue(1)
    outbox.bus.publish('incidentChanged', { incidentId: '', websiteId: '', userId: '' })
    await deliverer.idle()
    deliverer.wake()
    await deliverer.idle()
    expect(received).toHaveLength(1)
    const [message] = received
    const body = new Webhook(secret).verify(message?.body ?? '', message?.headers ?? {})
    expect(body).toEqual({
      type: 'incident.opened',
      timestamp: new Date(outbox.clock.now()).toISOString(),
      data: { number: 1 },
    })
    const [delivery] = await outbox.deliveries()
    expect(message?.id).toBe(delivery?.id)
    expect(delivery).toMatchObject({ attemptCount: 1, nextAttemptAt: null, abandonedAt: null })
    expect(delivery?.deliveredAt).toEqual(new Date(outbox.clock.now()))
    expect(delivery?.attempts).toMatchObject([{ httpStatus: 200, answer: 'ok', error: null }])
  })

  it('begins with what was left when the hub was down', async () => {
    const { url, numbers } = await startReceiver()
    await outbox.addWebhook(url)
    await outbox.enqueue(1)
    outbox.clock.advance(3_600_000)
    await startTestDeliverer(outbox).idle()
    expect(numbers()).toEqual([1])
  })

  it('finds within a minute what nobody told it of', async () => {
    const { url, numbers } = await startReceiver()
    await outbox.addWebhook(url)
    const deliverer = startTestDeliverer(outbox)
    await deliverer.idle()
    await outbox.enqueue(1)
    outbox.clock.advance(60_000)
    await deliverer.idle()
    expect(numbers()).toEqual([1])
  })

  it('sends to 8 receivers at once', async () => {
    const waiting: (() => void)[] = []
    let most = 0
    const answerAll = () => {
      for (const answer of waiting.splice(0)) answer()
    }
    const { url, numbers } = await startReceiver((_, response) => {
      waiting.push(() => response.end())
      most = Math.max(most, waiting.length)
      // A ninth would have some time to come.
      if (waiting.length === 8) setTimeout(answerAll, 100)
      if (numbers().length === 12) answerAll()
    })
    for (let number = 0; number < 12; number++) await outbox.addWebhook(`${url}&n=${number}`)
    await outbox.enqueue(1)
    await startTestDeliverer(outbox).idle()
    expect(numbers()).toHaveLength(12)
    expect(most).toBe(8)
  })

  it('tells a webhook one at a time, in the order of their making', async () => {
    let atOnce = 0
    const { url, numbers } = await startReceiver((_, response) => {
      expect((atOnce += 1)).toBe(1)
      setImmediate(() => {
        atOnce -= 1
        response.end()
      })
    })
    await outbox.addWebhook(url)
    await outbox.enqueue(1, 2, 3)
    await outbox.enqueue(4)
    await startTestDeliverer(outbox).idle()
    expect(numbers()).toEqual([1, 2, 3, 4])
  })

  it('lets one receiver that never answers hold up no other', async () => {
    const { url, numbers } = await startReceiver()
    await outbox.addWebhook(await serveAnswer(''))
    await outbox.addWebhook(url)
    await outbox.enqueue(1, 2)
    await startTestDeliverer(outbox, { timeoutMs: 1_500 }).idle()
    expect(numbers()).toEqual([1, 2])
  })
})

describe('a hub that dies', () => {
  it('between sending and writing it down: it is sent again, under the same id', async () => {
    const { url, received } = await startReceiver((_, response) => {
      store.away = true
      response.end()
    })
    const store = breakable(outbox.store)
    await outbox.addWebhook(url)
    await outbox.enqueue(1, 2)
    await startTestDeliverer({ ...outbox, store }).idle()
    expect(received).toHaveLength(1)
    const another = startTestDeliverer(outbox)
    await another.idle()
    outbox.clock.advance(LEASE_MS - 1)
    await another.idle()
    expect(received).toHaveLength(1)
    // It has the second message before its eyes and looks once a second whether it may.
    outbox.clock.advance(1_000)
    await another.idle()
    expect(received.map(({ number }) => number)).toEqual([1, 1, 2])
    expect(received[1]).toMatchObject({ id: received[0]?.id, body: received[0]?.body })
    expect(await outbox.deliveries()).toMatchObject([
      { attemptCount: 1, deliveredAt: expect.any(Date) },
      { attemptCount: 1, deliveredAt: expect.any(Date) },
    ])
  })

  it('when told to: what is under way is on record, and due at once for the next', async () => {
    let arrived: () => void
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const { url, received } = await startReceiver((_, response) => {
      if (received.length > 1) response.end()
      arrived()
    })
    await outbox.addWebhook(url)
    await outbox.enqueue(1)
    const deliverer = startTestDeliverer(outbox)
    await arrival
    await deliverer.close()
    expect(outbox.bus.listenerCount()).toBe(0)
    expect(outbox.clock.pendingCount()).toBe(0)
    const [delivery] = await outbox.deliveries()
    expect(delivery?.attempts).toMatchObject([{ httpStatus: null, error: expect.stringContaining('hub was stopped') }])
    await startTestDeliverer(outbox).idle()
    expect(received.map(({ id }) => id)).toEqual([delivery?.id, delivery?.id])
    expect(await outbox.deliveries()).toMatchObject([{ attemptCount: 2, deliveredAt: expect.any(Date) }])
  })

  it('takes up again when its database is back', async () => {
    const { url, numbers } = await startReceiver()
    const store = breakable(outbox.store)
    await outbox.addWebhook(url)
    await outbox.enqueue(1)
    store.away = true
    const deliverer = startTestDeliverer({ ...outbox, store })
    await deliverer.idle()
    store.away = false
    outbox.clock.advance(10_000)
    await deliverer.idle()
    expect(numbers()).toEqual([1])
  })
})

describe('two hubs on one database', () => {
  it('never send one message twice, nor two of a webhook at a time', async () => {
    const atOnce = new Map<string, number>()
    const overlaps: string[] = []
    const { url, received } = await startReceiver(({ headers }, response) => {
      const receiver = headers['host'] ?? ''
      const now = (atOnce.get(receiver) ?? 0) + 1
      atOnce.set(receiver, now)
      if (now > 1) overlaps.push(receiver)
      setImmediate(() => {
        atOnce.set(receiver, now - 1)
        response.end()
      })
    })
    // Told apart by their hosts, which all lead to this machine.
    for (let number = 1; number <= 10; number++) await outbox.addWebhook(url.replace('127.0.0.1', `hook${number}.test`))
    await outbox.enqueue(...Array.from({ length: 12 }, (_, number) => number))
    const options = { resolveHost: async () => ['127.0.0.1'] }
    const hubs = [1, 2, 3].map(() => startTestDeliverer({ ...outbox, store: keptOpen(outbox.store) }, options))
    const isDone = async () => (await outbox.deliveries()).every(({ deliveredAt }) => deliveredAt !== null)
    while (!(await isDone())) {
      for (const hub of hubs) hub.wake()
      await Promise.all(hubs.map((hub) => hub.idle()))
    }
    expect(overlaps).toEqual([])
    expect(received).toHaveLength(120)
    expect(new Set(received.map(({ id }) => id)).size).toBe(120)
    for (const host of new Set(received.map(({ headers }) => headers['host']))) {
      const numbers = received.filter(({ headers }) => headers['host'] === host).map(({ number }) => number)
      expect(numbers).toEqual(Array.from({ length: 12 }, (_, number) => number))
    }
  })
})
