import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { createBuilder } from '../graph/create-builder.js'
import { ANONYMOUS, type Identity } from '../graph/identity.js'
import { addTestUser, ask, countOperations, ownerIdentity, undescribed } from '../testing/owner/parts.js'
import { createWebsite } from '../website/create-website.js'
import { addWebsiteGraph } from '../website/graph.js'
import { addWebhookGraph } from './graph.js'
import { openTestOutbox, startReceiver, startTestDeliverer } from '../testing/notice/outbox.js'
import { createWebhookSender } from './webhook-sender.js'

const outbox = await openTestOutbox(inject('template'))
const webhookSender = createWebhookSender({ allowPrivateTargets: true })
const parts = { ...outbox, webhookSender }
afterAll(async () => {
  await webhookSender.close()
  await parts.store.close()
})
const owner = ownerIdentity(parts.userId)
const strangerId = await addTestUser(parts, 'stranger@example.com')
const stranger = ownerIdentity(strangerId)
const builder = createBuilder()
addWebhookGraph(builder, addWebsiteGraph(builder))
const schema = builder.toSchema()

beforeEach(async () => {
  await parts.store.prisma.webhookDelivery.deleteMany()
  await parts.store.prisma.webhook.deleteMany()
})

function as<Data = Record<string, unknown>>(
  identity: Identity,
  source: string,
  variables: Record<string, unknown> = {},
) {
  return ask<Data>(schema, parts, identity, source, variables)
}

const WEBHOOK = 'webhook { id url websiteId enabled createdAt }'
const REFUSED = (name: string) => `... on ${name}Refused { reason } ... on Problem { message }`
const CREATE = `mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) {
  ... on CreateWebhookSuccess { secret ${WEBHOOK} } ${REFUSED('CreateWebhook')} } }`
const ROTATE = `mutation ($id: ID!) { rotateWebhookSecret(id: $id) {
  ... on RotateWebhookSecretSuccess { secret ${WEBHOOK} } ${REFUSED('RotateWebhookSecret')} } }`
const UPDATE = `mutation ($input: UpdateWebhookInput!) { updateWebhook(input: $input) {
  ... on UpdateWebhookSuccess { ${WEBHOOK} } ${REFUSED('UpdateWebhook')} } }`
const DELETE = `mutation ($id: ID!) { deleteWebhook(id: $id) {
  ... on DeleteWebhookSuccess { ${WEBHOOK} } ${REFUSED('DeleteWebhook')} } }`
const TEST = `mutation ($id: ID!) { testWebhook(id: $id) {
  ... on TestWebhookSuccess { attempt { at durationMs httpStatus answer error } } ${REFUSED('TestWebhook')} } }`
const LOG = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { webhook(id: $id) {
  deliveries(first: $first, after: $after, last: $last, before: $before) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { id event payload createdAt nextAttemptAt deliveredAt abandonedAt
      attempts { at durationMs httpStatus answer error } } } } } }`

interface Log {
  webhook: {
    deliveries: {
      pageInfo: { hasNextPage: boolean; startCursor: string; endCursor: string }
      edges: { node: { id: string; payload: string; attempts: unknown[] } }[]
    }
  }
}

/** The numbers of a page of the log. */
async function page(variables: Record<string, unknown>) {
  const { data, errors } = await as<Log>(owner, LOG, variables)
  expect(errors).toBeUndefined()
  const { edges, pageInfo } = data.webhook.deliveries
  const numbers = edges.map(({ node }) => (JSON.parse(node.payload) as { data: { number: number } }).data.number)
  return { numbers: numbers.join(''), pageInfo }
}

describe('createWebhook', () => {
  it('shows the secret, once', async () => {
    const made = await as<{ createWebhook: { secret: string; webhook: { id: string } } }>(owner, CREATE, {
      input: { url: 'HTTPS://Hooks.example.com:443/a?b=c', websiteId: parts.websiteId },
    })
    const { secret, webhook } = made.data.createWebhook
    expect(secret).toMatch(/^whsec_/)
    expect(webhook).toEqual({
      id: webhook.id,
      url: 'https://hooks.example.com/a?b=c',
      websiteId: parts.websiteId,
      enabled: true,
      createdAt: new Date(parts.clock.now()).toISOString(),
    })
    const listed = await as(owner, '{ webhooks { totalCount edges { node { id url websiteId enabled createdAt } } } }')
    expect(listed.data).toEqual({ webhooks: { totalCount: 1, edges: [{ node: webhook }] } })
    const names = Object.keys(schema.getTypeMap()).filter((name) => /"?secret/i.test(JSON.stringify(fieldsOf(name))))
    expect(names.sort()).toEqual(['CreateWebhookSuccess', 'Mutation', 'RotateWebhookSecretSuccess'])
  })

  it.each([
    ['INVALID_URL', { url: 'ftp://hooks.example.com/' }],
    ['INVALID_URL', { url: 'https://user:password@hooks.example.com/' }],
    ['FORBIDDEN_TARGET', { url: 'http://localhost/' }],
    ['FORBIDDEN_TARGET', { url: 'http://127.1/' }],
    ['FORBIDDEN_TARGET', { url: 'http://[::ffff:a00:1]/' }],
    ['FORBIDDEN_TARGET', { url: 'http://hooks.internal/' }],
    ['FORBIDDEN_TARGET', { url: 'https://hooks.example.com:25/' }],
    ['NOT_FOUND', { websiteId: '01900000-0000-7000-8000-000000000000' }],
    ['NOT_FOUND', { websiteId: 'x' }],
  ])('refuses with %s: %j', async (reason, input) => {
    const settings = { ...parts.settings, allowPrivateTargets: false }
    const guarded = { ...parts, settings }
    const given = { url: 'https://hooks.example.com/', ...input }
    const { data } = await ask(schema, guarded, owner, CREATE, { input: given })
    expect(data).toEqual({ createWebhook: { reason, message: expect.any(String) } })
    expect(await parts.store.prisma.webhook.count()).toBe(0)
  })

  it("refuses somebody else's website as absent", async () => {
    const other = await createWebsite(parts, { userId: strangerId, name: 'x', url: 'https://x.example.com/' })
    if (other.kind !== 'created') throw new Error(other.message)
    const input = { url: 'https://hooks.example.com/', websiteId: other.website.id }
    expect((await as(owner, CREATE, { input })).data).toMatchObject({ createWebhook: { reason: 'NOT_FOUND' } })
    expect(await parts.store.prisma.webhook.count()).toBe(0)
  })

  it('refuses the 21st, also when many are made at once; a deleted one makes room', async () => {
    const input = { url: 'https://hooks.example.com/' }
    const outcomes = await Promise.all(Array.from({ length: 25 }, () => as(owner, CREATE, { input })))
    const reasons = outcomes.map(({ data }) => (data as { createWebhook: { reason?: string } }).createWebhook.reason)
    expect(reasons.filter((reason) => reason === undefined)).toHaveLength(20)
    expect(new Set(reasons)).toEqual(new Set([undefined, 'TOO_MANY_WEBHOOKS']))
    expect(await parts.store.prisma.webhook.count()).toBe(20)
    const first = await parts.store.prisma.webhook.findFirstOrThrow()
    await as(owner, DELETE, { id: first.id })
    expect((await as(owner, CREATE, { input })).data).toMatchObject({ createWebhook: { webhook: { enabled: true } } })
    expect((await as(stranger, CREATE, { input })).data).toMatchObject({
      createWebhook: { webhook: { enabled: true } },
    })
  })
})

function fieldsOf(name: string): string[] {
  const type = schema.getType(name)
  return type && 'getFields' in type ? Object.keys(type.getFields()) : []
}

describe('a webhook', () => {
  it('is changed, gets a new secret and is deleted', async () => {
    const { webhook, secret } = await parts.addWebhook('https://hooks.example.com/')
    const { id } = webhook
    for (const enabled of [false, false, true]) {
      const { data } = await as(owner, UPDATE, { input: { id, enabled } })
      expect(data).toMatchObject({ updateWebhook: { webhook: { id, enabled } } })
    }
    expect((await as(owner, UPDATE, { input: { id } })).data).toMatchObject({
      updateWebhook: { webhook: { enabled: true } },
    })
    const { data } = await as<{ rotateWebhookSecret: { secret: string } }>(owner, ROTATE, { id })
    expect(data.rotateWebhookSecret.secret).toMatch(/^whsec_/)
    expect(data.rotateWebhookSecret.secret).not.toBe(secret)
    expect((await as(owner, DELETE, { id })).data).toMatchObject({ deleteWebhook: { webhook: { id } } })
    expect((await as(owner, `{ webhook(id: "${id}") { id } webhooks { totalCount } }`)).data).toEqual({
      webhook: null,
      webhooks: { totalCount: 0 },
    })
    for (const [name, source, variables] of verbs(id)) {
      expect((await as(owner, source, variables)).data).toMatchObject({ [name]: { reason: 'NOT_FOUND' } })
    }
  })

  it.each<[string, () => Promise<string>]>([
    ["somebody else's", async () => (await parts.addWebhook('https://hooks.example.com/')).webhook.id],
    ['unknown', async () => '01900000-0000-7000-8000-000000000000'],
    ['malformed', async () => "' OR 1=1"],
  ])('that is %s is absent to everything, and nothing changes', async (_, make) => {
    const id = await make()
    const before = await parts.store.prisma.webhook.findMany()
    expect(
      (await as(stranger, 'query ($id: ID!) { webhook(id: $id) { id } webhooks { totalCount } }', { id })).data,
    ).toEqual({ webhook: null, webhooks: { totalCount: 0 } })
    for (const [name, source, variables] of verbs(id)) {
      const message = expect.stringContaining('You have no webhook')
      expect((await as(stranger, source, variables)).data).toEqual({ [name]: { reason: 'NOT_FOUND', message } })
    }
    expect(await parts.store.prisma.webhook.findMany()).toEqual(before)
    expect(await parts.deliveries()).toEqual([])
  })

  it.each<[string, Identity, string]>([
    ['nobody', ANONYMOUS, 'UNAUTHENTICATED'],
    ['a validator', { kind: 'validator', validatorId: '', sessionId: '' }, 'FORBIDDEN'],
    ['the operator', { kind: 'operator' }, 'FORBIDDEN'],
  ])('is not for %s', async (_, identity, code) => {
    const { webhook } = await parts.addWebhook('https://hooks.example.com/')
    const before = await parts.store.prisma.webhook.findMany()
    for (const [, source, variables] of [
      ...verbs(webhook.id),
      ['', CREATE, { input: { url: 'https://hooks.example.com/' } }] as const,
      ['', 'query ($id: ID!) { webhook(id: $id) { id } }', { id: webhook.id }] as const,
      ['', '{ webhooks { totalCount } }', {}] as const,
    ]) {
      const { errors } = await as(identity, source, variables)
      expect(errors?.[0]?.extensions['code']).toBe(code)
    }
    expect(await parts.store.prisma.webhook.findMany()).toEqual(before)
  })
})

function verbs(id: string): [string, string, Record<string, unknown>][] {
  return [
    ['updateWebhook', UPDATE, { input: { id, enabled: false } }],
    ['rotateWebhookSecret', ROTATE, { id }],
    ['deleteWebhook', DELETE, { id }],
    ['testWebhook', TEST, { id }],
  ]
}

describe('the delivery log', () => {
  it('shows each message with its tries, newest first', async () => {
    const statuses = [500, 503]
    const { url } = await startReceiver((_, response) => response.writeHead(statuses.shift() ?? 200).end('hm'))
    const { webhook } = await parts.addWebhook(url)
    await parts.enqueue(1)
    const createdAt = new Date(parts.clock.now()).toISOString()
    const deliverer = startTestDeliverer(parts)
    await deliverer.idle()
    parts.clock.advance(5_000)
    await deliverer.idle()
    const { data } = await as<Log>(owner, LOG, { id: webhook.id })
    const failed = {
      durationMs: expect.any(Number),
      answer: 'hm',
      error: expect.stringContaining('any from 200 to 299'),
    }
    const [stored] = await parts.deliveries()
    expect(data.webhook.deliveries.edges).toEqual([
      {
        node: {
          id: stored?.id,
          event: 'incident.opened',
          payload: JSON.stringify({ type: 'incident.opened', timestamp: createdAt, data: { number: 1 } }),
          createdAt,
          nextAttemptAt: new Date(parts.clock.now() + 30_000).toISOString(),
          deliveredAt: null,
          abandonedAt: null,
          attempts: [
            { ...failed, httpStatus: 503, at: new Date(parts.clock.now()).toISOString() },
            { ...failed, httpStatus: 500, at: createdAt },
          ],
        },
      },
    ])
  })

  it('has pages, in both directions', async () => {
    const { webhook } = await parts.addWebhook('https://hooks.example.com/')
    await parts.enqueue(1, 2, 3, 4, 5)
    const { id } = webhook
    const first = await page({ id, first: 2 })
    expect(first).toMatchObject({ numbers: '54', pageInfo: { hasNextPage: true, hasPreviousPage: false } })
    const second = await page({ id, first: 2, after: first.pageInfo.endCursor })
    expect(second).toMatchObject({ numbers: '32', pageInfo: { hasNextPage: true, hasPreviousPage: true } })
    expect(await page({ id, first: 2, after: second.pageInfo.endCursor })).toMatchObject({ numbers: '1' })
    const last = await page({ id, last: 2 })
    expect(last).toMatchObject({ numbers: '21', pageInfo: { hasNextPage: false, hasPreviousPage: true } })
    expect(await page({ id, last: 2, before: last.pageInfo.startCursor })).toMatchObject({ numbers: '43' })
  })

  it.each([
    [{ first: 0 }, 'first'],
    [{ last: 101 }, 'last'],
    [{ after: 'x' }, 'after'],
    [{ before: "' OR 1=1" }, 'before'],
  ])('refuses the page %j by a code', async (variables, argument) => {
    const { webhook } = await parts.addWebhook('https://hooks.example.com/')
    const { errors } = await as(owner, LOG, { id: webhook.id, ...variables })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument })
    const args = JSON.stringify(variables).replace(/^\{"(\w+)":(.*)\}$/, '$1: $2')
    const listed = await as(owner, `{ webhooks(${args}) { totalCount } }`)
    expect(listed.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument })
  })

  it('asks the database as often for many webhooks as for one', async () => {
    const counts = []
    for (const more of [1, 4]) {
      for (let number = 0; number < more; number++)
        await parts.addWebhook('https://hooks.example.com/', parts.websiteId)
      await parts.enqueue(1, 2)
      const { store, count } = countOperations(parts.store)
      const source = `{ webhooks { edges { node { website { id } newest: deliveries(first: 5) { edges { node { event attempts { at } } } }
        oldest: deliveries(last: 1) { edges { node { event } } } } } } }`
      type Listed = { webhooks: { edges: { node: { website: unknown } }[] } }
      const { data, errors } = await ask<Listed>(schema, { ...parts, store }, owner, source)
      expect(errors).toBeUndefined()
      expect(data.webhooks.edges.length).toBeGreaterThanOrEqual(more)
      expect(data.webhooks.edges[0]?.node.website).toEqual({ id: parts.websiteId })
      counts.push(count())
    }
    expect(counts).toEqual([5, 5])
  })
})

it('describes everything', () => {
  expect(undescribed(schema)).toEqual([])
})
