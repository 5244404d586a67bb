import type { IncomingMessage, ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'
import type { OwnerActor } from '../../graph/actor.js'
import { serveHttp } from '../agent/check/loopback.js'
import type { Channel } from '../../generated/prisma/client.js'
import { addTestUser, createTestParts, ownerActor, type TestParts } from '../owner/parts.js'
import type { TestTemplate } from '../test-template.js'
import { createWebsite } from '../../website/create-website.js'
import { createWebhook } from '../../notice/create-webhook.js'
import { Deliverer } from '../../notice/deliverer.js'
import { enqueueDeliveries, type Notice } from '../../notice/enqueue-deliveries.js'
import { createChannelSender, type SenderOptions } from '../../notice/channel-sender.js'

/** An owner with a website, on a database of the test's own; private targets are allowed. */
export interface TestOutbox extends TestParts {
  userId: string
  actor: OwnerActor
  websiteId: string
  addWebhook(url: string, websiteId?: string): Promise<{ webhook: Channel; secret: string }>
  /** Writes a message for each number, all in one transaction. */
  enqueue(...numbers: number[]): Promise<void>
  /** Oldest first. */
  deliveries(): ReturnType<typeof readDeliveries>
}

export async function openTestOutbox(template: TestTemplate): Promise<TestOutbox> {
  const parts = await createTestParts(template)
  const settings = { ...parts.settings, allowPrivateTargets: true }
  const userId = await addTestUser(parts, 'owner@example.com')
  const actor = ownerActor(userId)
  const made = await createWebsite(parts, actor, { name: 'Shop', url: 'https://shop.example.com/' })
  if (made.kind === 'refused') throw new Error(made.message)
  const websiteId = made.website.id
  return {
    ...parts,
    settings,
    userId,
    actor,
    websiteId,
    async addWebhook(url, ofWebsite) {
      const outcome = await createWebhook({ ...parts, settings }, actor, { url, websiteId: ofWebsite ?? null })
      if (outcome.kind === 'refused') throw new Error(outcome.message)
      return outcome
    },
    enqueue: (...numbers) => {
      const messages = numbers.map((number): Notice => {
        return { userId, websiteId, event: 'incident.opened', data: { number } }
      })
      return parts.store.transaction((sql) => enqueueDeliveries(sql, messages, parts.clock.now()))
    },
    deliveries: () => readDeliveries(parts),
  }
}

function readDeliveries({ store }: Pick<TestParts, 'store'>) {
  return store.prisma.delivery.findMany({
    orderBy: { id: 'asc' },
    include: { attempts: { orderBy: { id: 'asc' } } },
  })
}

/** A deliverer that ends with the test; its jitter is none. */
export function startTestDeliverer(outbox: TestParts, options: Partial<SenderOptions> = {}): Deliverer {
  const channelSender = createChannelSender({ allowPrivateTargets: true, ...options })
  const deliverer = new Deliverer({ ...outbox, channelSender }, () => 0)
  onTestFinished(() => deliverer.close())
  return deliverer
}

export interface ReceivedMessage {
  id: string
  headers: Record<string, string>
  body: string
  /** Of the message's data. */
  number: number
}

/** A receiver that answers as `answer` says; without one it accepts everything. */
export async function startReceiver(
  answer: (message: ReceivedMessage, response: ServerResponse) => unknown = (_message, response) => response.end('ok'),
) {
  const received: ReceivedMessage[] = []
  const site = await serveHttp((request, response) => {
    void readMessage(request).then((message) => {
      received.push(message)
      return answer(message, response)
    })
  })
  return { url: site.url('/hook?a=b'), received, numbers: () => received.map(({ number }) => number) }
}

/** A receiver that answers with these statuses in turn, then with 200. */
export function startScripted(...statuses: number[]) {
  return startReceiver((_message, response) => response.writeHead(statuses.shift() ?? 200).end())
}

async function readMessage(request: IncomingMessage): Promise<ReceivedMessage> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const { data } = JSON.parse(body) as { data: { number: number } }
  const headers = request.headers as Record<string, string>
  return { id: headers['webhook-id'] ?? '', headers, body, number: data.number }
}
