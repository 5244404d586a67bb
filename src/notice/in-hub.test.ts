import { pino } from 'pino'
import { expect, inject, it, onTestFinished } from 'vitest'
import { serveAnswer } from '../testing/agent/check/loopback.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { enqueueDeliveries } from './enqueue-deliveries.js'
import { startReceiver } from '../testing/notice/outbox.js'
import { eventually } from '../testing/eventually.js'

async function startHub(settings: { allowPrivateTargets?: boolean } = {}) {
  const lines: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
  const hub = await startTestHub(inject('template'), { settings, overrides: { log } })
  const { id: userId } = await hub.parts.store.prisma.user.findFirstOrThrow()
  const website = await hub.parts.store.prisma.website.create({
    data: { userId, name: 'Shop', url: 'https://shop.example.com/' },
  })
  const happen = async (number: number) => {
    await hub.parts.store.transaction((sql) =>
      enqueueDeliveries(
        sql,
        [{ userId, websiteId: website.id, event: 'incident.opened', data: { number } }],
        hub.clock.now(),
      ),
    )
    hub.parts.bus.publish('incidentChanged', { incidentId: '', websiteId: website.id, userId })
  }
  return { hub, lines, happen }
}

async function addWebhook(hub: TestHub, url: string) {
  const { data } = await hub.post<{ createWebhook: { secret: string; webhook: { id: string } } }>(
    `mutation ($url: String!) { createWebhook(input: { url: $url }) {
      ... on CreateWebhookSuccess { secret webhook { id } } ... on Problem { message } } }`,
    { token: hub.ownerToken, variables: { url } },
  )
  if (!data) throw new Error('no webhook was made')
  return data.createWebhook
}

const TEST = `mutation ($id: ID!) { testChannel(id: $id) {
  ... on TestChannelSuccess { attempt { httpStatus answer error } } ... on TestChannelRefused { reason } } }`

it('a hub sends what happens, and keeps secrets out of its log', async () => {
  const { hub, lines, happen } = await startHub()
  onTestFinished(() => hub.close())
  const { url, received } = await startReceiver()
  const { secret, webhook } = await addWebhook(hub, url)
  await happen(1)
  await eventually(() => expect(received).toHaveLength(1))
  const tested = await hub.post(TEST, { token: hub.ownerToken, variables: { id: webhook.id } })
  expect(tested.data).toEqual({ testChannel: { attempt: { httpStatus: 200, answer: 'ok', error: null } } })
  const stored = await hub.parts.store.prisma.channel.findFirstOrThrow()
  const log = lines.join('')
  expect(log).toContain('a message was sent to a channel')
  for (const hidden of [secret, Buffer.from(stored.secret).toString('hex'), 'hook?a=b', 'webhook-signature']) {
    expect(log).not.toContain(hidden)
  }
})

it('a hub that takes no private targets sends nothing to one that it has from before', async () => {
  const { hub, happen } = await startHub({ allowPrivateTargets: false })
  onTestFinished(() => hub.close())
  const { url, received } = await startReceiver()
  const { userId } = await hub.parts.store.prisma.website.findFirstOrThrow()
  const webhook = await hub.parts.store.prisma.channel.create({
    data: {
      userId,
      kind: 'WEBHOOK',
      config: { url },
      secret: Buffer.from('secret'),
      createdAt: new Date(hub.clock.now()),
    },
  })
  const attempts = () => hub.parts.store.prisma.deliveryAttempt.findMany()
  await happen(1)
  // A message that comes behind the test's would wait for its end, and then for the clock.
  await eventually(async () => expect(await attempts()).toHaveLength(1))
  const { data } = await hub.post(TEST, { token: hub.ownerToken, variables: { id: webhook.id } })
  const error = '127.0.0.1 leads to no public address, and this hub sends messages to no other.'
  expect(data).toEqual({ testChannel: { attempt: { httpStatus: null, answer: null, error } } })
  await eventually(async () => expect(await attempts()).toMatchObject([{ error }, { error }]))
  expect(received).toEqual([])
})

it('a hub that is told to stop waits for no receiver, and answers a test that is under way', async () => {
  const { hub, happen } = await startHub()
  let arrivals = 0
  const url = await serveAnswer('', () => {
    arrivals += 1
  })
  const { webhook } = await addWebhook(hub, url)
  await happen(1)
  // A message that comes behind the test's would wait for its end.
  await eventually(() => expect(arrivals).toBe(1))
  const testing = hub.post(TEST, { token: hub.ownerToken, variables: { id: webhook.id } })
  await eventually(() => expect(arrivals).toBe(2))
  await hub.close()
  const error = expect.stringContaining('The hub was stopped')
  expect((await testing).data).toMatchObject({ testChannel: { attempt: { httpStatus: null, error } } })
  expect(hub.parts.bus.listenerCount()).toBe(0)
  expect(hub.clock.pendingCount()).toBe(0)
})
