import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { ANONYMOUS, type Identity } from '../graph/identity.js'
import { openTestNotices } from '../testing/notice/graph.js'
import { ownerActor, undescribed } from '../testing/owner/parts.js'
import { createWebsite } from '../website/create-website.js'

const { parts, schema, owner, stranger, strangerId, as, removeChannels, close } = await openTestNotices(
  inject('template'),
)
afterAll(close)
beforeEach(removeChannels)

const WEBHOOK = 'webhook { id kind url website { id } enabled createdAt previousSecretUntil }'
const REFUSED = (name: string) => `... on ${name}Refused { reason field } ... on Problem { message }`
const CREATE = `mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) {
  ... on CreateWebhookSuccess { secret ${WEBHOOK} } ${REFUSED('CreateWebhook')} } }`
const ROTATE = `mutation ($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) {
  ... on RotateWebhookSecretSuccess { secret ${WEBHOOK} } ${REFUSED('RotateWebhookSecret')} } }`
const UPDATE = `mutation ($input: UpdateWebhookInput!) { updateWebhook(input: $input) {
  ... on UpdateWebhookSuccess { ${WEBHOOK} } ${REFUSED('UpdateWebhook')} } }`
const DELETE = `mutation ($id: ID!) { deleteChannel(id: $id) {
  ... on DeleteChannelSuccess { channel { id } } ${REFUSED('DeleteChannel')} } }`
const TEST = `mutation ($id: ID!) { testChannel(id: $id) {
  ... on TestChannelSuccess { attempt { at durationMs outcome httpStatus answer error } } ${REFUSED('TestChannel')} } }`
describe('createWebhook', () => {
  it('shows the secret, once', async () => {
    const made = await as<{ createWebhook: { secret: string; webhook: { id: string } } }>(owner, CREATE, {
      input: { url: 'HTTPS://Hooks.example.com:443/a?b=c', websiteId: parts.websiteId },
    })
    const { secret, webhook } = made.data.createWebhook
    expect(secret).toMatch(/^whsec_/)
    expect(webhook).toEqual({
      id: webhook.id,
      kind: 'WEBHOOK',
      url: 'https://hooks.example.com/a?b=c',
      website: { id: parts.websiteId },
      enabled: true,
      createdAt: new Date(parts.clock.now()).toISOString(),
      previousSecretUntil: null,
    })
    const listed = await as(
      owner,
      '{ channels { totalCount edges { node { id kind website { id } enabled createdAt ... on Webhook { url previousSecretUntil } } } } }',
    )
    expect(listed.data).toEqual({ channels: { totalCount: 1, edges: [{ node: webhook }] } })
    const names = Object.keys(schema.getTypeMap()).filter((name) => /secret"/i.test(JSON.stringify(fieldsOf(name))))
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
    const given = { url: 'https://hooks.example.com/', ...input }
    const { data } = await as(owner, CREATE, { input: given }, { allowPrivateTargets: false })
    const field = reason === 'NOT_FOUND' ? 'websiteId' : 'url'
    expect(data).toEqual({ createWebhook: { reason, field, message: expect.any(String) } })
    expect(await parts.store.prisma.channel.count()).toBe(0)
  })

  it("refuses somebody else's website as absent", async () => {
    const other = await createWebsite(parts, ownerActor(strangerId), { name: 'x', url: 'https://x.example.com/' })
    if (other.kind !== 'created') throw new Error(other.message)
    const input = { url: 'https://hooks.example.com/', websiteId: other.website.id }
    expect((await as(owner, CREATE, { input })).data).toMatchObject({ createWebhook: { reason: 'NOT_FOUND' } })
    expect(await parts.store.prisma.channel.count()).toBe(0)
  })

  it('refuses the 21st, also when many are made at once; a deleted one makes room', async () => {
    const input = { url: 'https://hooks.example.com/' }
    const outcomes = await Promise.all(Array.from({ length: 25 }, () => as(owner, CREATE, { input })))
    const reasons = outcomes.map(({ data }) => (data as { createWebhook: { reason?: string } }).createWebhook.reason)
    expect(reasons.filter((reason) => reason === undefined)).toHaveLength(20)
    expect(new Set(reasons)).toEqual(new Set([undefined, 'TOO_MANY_CHANNELS']))
    expect(await parts.store.prisma.channel.count()).toBe(20)
    const first = await parts.store.prisma.channel.findFirstOrThrow()
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

interface Rotated {
  rotateWebhookSecret: { secret: string; webhook: { previousSecretUntil: string } }
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
    const { data } = await as<Rotated>(owner, ROTATE, { input: { id } })
    expect(data.rotateWebhookSecret.secret).toMatch(/^whsec_/)
    expect(data.rotateWebhookSecret.secret).not.toBe(secret)
    const until = new Date(parts.clock.now() + 86_400_000).toISOString()
    expect(data.rotateWebhookSecret.webhook.previousSecretUntil).toBe(until)
    const asked = `{ channel(id: "${id}") { ... on Webhook { previousSecretUntil } } }`
    expect((await as(owner, asked)).data).toEqual({ channel: { previousSecretUntil: until } })
    parts.clock.advance(86_400_000)
    expect((await as(owner, asked)).data).toEqual({ channel: { previousSecretUntil: null } })
    expect((await as(owner, DELETE, { id })).data).toMatchObject({ deleteChannel: { channel: { id } } })
    expect((await as(owner, `{ channel(id: "${id}") { id } channels { totalCount } }`)).data).toEqual({
      channel: null,
      channels: { totalCount: 0 },
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
    const before = await parts.store.prisma.channel.findMany()
    expect(
      (await as(stranger, 'query ($id: ID!) { channel(id: $id) { id } channels { totalCount } }', { id })).data,
    ).toEqual({ channel: null, channels: { totalCount: 0 } })
    for (const [name, source, variables] of verbs(id)) {
      const message = expect.stringMatching(/^You have no (channel|webhook) with this id/)
      expect((await as(stranger, source, variables)).data).toEqual({
        [name]: { reason: 'NOT_FOUND', field: 'id', message },
      })
    }
    expect(await parts.store.prisma.channel.findMany()).toEqual(before)
    expect(await parts.deliveries()).toEqual([])
  })

  it.each<[string, Identity, string]>([
    ['nobody', ANONYMOUS, 'UNAUTHENTICATED'],
    ['a validator', { kind: 'validator', validatorId: '', sessionId: '' }, 'FORBIDDEN'],
    ['the operator', { kind: 'operator' }, 'FORBIDDEN'],
  ])('is not for %s', async (_, identity, code) => {
    const { webhook } = await parts.addWebhook('https://hooks.example.com/')
    const before = await parts.store.prisma.channel.findMany()
    for (const [, source, variables] of [
      ...verbs(webhook.id),
      ['', CREATE, { input: { url: 'https://hooks.example.com/' } }] as const,
      ['', 'query ($id: ID!) { channel(id: $id) { id } }', { id: webhook.id }] as const,
      ['', '{ channels { totalCount } }', {}] as const,
    ]) {
      const { errors } = await as(identity, source, variables)
      expect(errors?.[0]?.extensions['code']).toBe(code)
    }
    expect(await parts.store.prisma.channel.findMany()).toEqual(before)
  })
})

function verbs(id: string): [string, string, Record<string, unknown>][] {
  return [
    ['updateWebhook', UPDATE, { input: { id, enabled: false } }],
    ['rotateWebhookSecret', ROTATE, { input: { id } }],
    ['deleteChannel', DELETE, { id }],
    ['testChannel', TEST, { id }],
  ]
}

it('describes everything', () => {
  expect(undescribed(schema)).toEqual([])
})
