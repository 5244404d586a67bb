import { Webhook } from 'standardwebhooks'
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { serveAnswer } from '../testing/agent/check/loopback.js'
import { breakable } from '../testing/store-wrappers.js'
import { openTestOutbox, startReceiver, startTestDeliverer } from '../testing/notice/outbox.js'
import { testChannel } from './try-channel.js'
import { updateWebhook } from './update-webhook.js'
import { createChannelSender } from './channel-sender.js'

const outbox = await openTestOutbox(inject('template'))
const channelSender = createChannelSender({ allowPrivateTargets: true, timeoutMs: 1_500 })
const parts = { ...outbox, channelSender }
const { actor, clock } = outbox
afterAll(async () => {
  await channelSender.close()
  await outbox.store.close()
})
beforeEach(() => clock.moveTo(Math.max(clock.now() + 3_600_000, Date.now())))

describe('testChannel', () => {
  it('sends one signed message and returns the try', async () => {
    clock.moveTo(Date.now())
    const { url, received } = await startReceiver((_, response) => response.writeHead(201).end('hello'))
    const { webhook, secret } = await outbox.addWebhook(url)
    const at = new Date(clock.now())
    expect(await testChannel(parts, actor, webhook.id)).toMatchObject({
      kind: 'tested',
      attempt: { at, httpStatus: 201, answer: 'hello', error: null, durationMs: expect.any(Number) },
    })
    const [message] = received
    expect(new Webhook(secret).verify(message?.body ?? '', message?.headers ?? {})).toEqual({
      type: 'channel.test',
      timestamp: at.toISOString(),
      data: { channelId: webhook.id },
    })
    expect(await outbox.store.prisma.delivery.findMany({ where: { channelId: webhook.id } })).toMatchObject([
      {
        id: message?.id,
        event: 'channel.test',
        attemptCount: 1,
        nextAttemptAt: null,
        deliveredAt: at,
        abandonedAt: null,
      },
    ])
  })

  it('is not tried again when it is not taken, and holds up nothing', async () => {
    const { url, received } = await startReceiver((_, response) => response.writeHead(500).end())
    const { webhook } = await outbox.addWebhook(url)
    expect(await testChannel(parts, actor, webhook.id)).toMatchObject({
      attempt: { httpStatus: 500, error: expect.stringContaining('status 500') },
    })
    const deliverer = startTestDeliverer(outbox)
    clock.advance(86_400_000)
    await deliverer.idle()
    expect(received).toHaveLength(1)
    const stored = await outbox.store.prisma.delivery.findMany({ where: { channelId: webhook.id } })
    expect(stored).toMatchObject([{ deliveredAt: null, abandonedAt: expect.any(Date) }])
  })

  it('tells in words of a receiver that is not there', async () => {
    const { webhook } = await outbox.addWebhook(await serveAnswer(''))
    expect(await testChannel(parts, actor, webhook.id)).toMatchObject({
      attempt: { httpStatus: null, answer: null, error: 'The receiver had not answered after 1.5 s.' },
    })
  })

  it('turns off a webhook whose receiver answers 410', async () => {
    const { url } = await startReceiver((_, response) => response.writeHead(410).end())
    const { webhook } = await outbox.addWebhook(url)
    expect(await testChannel(parts, actor, webhook.id)).toMatchObject({ attempt: { httpStatus: 410 } })
    const stored = await outbox.store.prisma.channel.findUniqueOrThrow({ where: { id: webhook.id } })
    expect(stored.enabled).toBe(false)
  })

  it('refuses a second at the same time, and sends it nothing', async () => {
    const answers: (() => void)[] = []
    const { url, received } = await startReceiver((_, response) => void answers.push(() => response.end()))
    const { webhook } = await outbox.addWebhook(url)
    const both = [testChannel(parts, actor, webhook.id), testChannel(parts, actor, webhook.id)]
    // Whichever of them comes second.
    expect(await Promise.race(both)).toMatchObject({ kind: 'refused', reason: 'TEST_UNDER_WAY' })
    while (answers.length === 0) await new Promise((resolve) => setImmediate(resolve))
    answers[0]?.()
    expect((await Promise.all(both)).map(({ kind }) => kind).toSorted()).toEqual(['refused', 'tested'])
    expect(received).toHaveLength(1)
    expect(await outbox.store.prisma.delivery.count({ where: { channelId: webhook.id } })).toBe(1)
  })

  it('refuses the 11th within a minute', async () => {
    const { url, received } = await startReceiver()
    const { webhook } = await outbox.addWebhook(url)
    for (let count = 0; count < 10; count++) {
      expect(await testChannel(parts, actor, webhook.id)).toMatchObject({ kind: 'tested' })
    }
    expect(await testChannel(parts, actor, webhook.id)).toMatchObject({ reason: 'TOO_MANY_TESTS' })
    expect(received).toHaveLength(10)
    clock.advance(60_000)
    expect(await testChannel(parts, actor, webhook.id)).toMatchObject({ kind: 'tested' })
  })

  it('refuses for a webhook that is turned off', async () => {
    const { url, received } = await startReceiver()
    const { webhook } = await outbox.addWebhook(url)
    await updateWebhook(outbox, outbox.actor, { id: webhook.id, enabled: false })
    expect(await testChannel(parts, actor, webhook.id)).toMatchObject({ reason: 'DISABLED' })
    expect(received).toEqual([])
  })

  it('whose hub dies over it is in nobody’s way after a minute', async () => {
    const { url, received } = await startReceiver((_, response) => {
      store.away = true
      response.end()
    })
    const store = breakable(outbox.store)
    const { webhook } = await outbox.addWebhook(url)
    await expect(testChannel({ ...parts, store }, actor, webhook.id)).rejects.toThrow('away')
    expect(await testChannel(parts, actor, webhook.id)).toMatchObject({ reason: 'TEST_UNDER_WAY' })
    clock.advance(60_000)
    expect(await testChannel(parts, actor, webhook.id)).toMatchObject({ kind: 'tested' })
    expect(received).toHaveLength(2)
  })
})
