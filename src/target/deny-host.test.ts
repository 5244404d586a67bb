import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { DENIED_HOSTS_MAX } from '../limits.js'
import { storedState } from '../testing/stored-state.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, playRound, type TestMember } from '../testing/test-round.js'
import { createDenialFinder, findDenials } from './denied-hosts.js'

const DENY = `mutation ($host: String!, $reason: String!) { denyHost(input: { host: $host, reason: $reason }) {
  __typename ... on DenyHostSuccess { deniedHost { host reason createdAt } } ... on DenyHostRefused { reason message } } }`
const CREATE = `mutation ($url: String!, $enabled: Boolean!) { createWebsite(input: { name: "x", url: $url, enabled: $enabled }) {
  __typename ... on CreateWebsiteSuccess { website { id } } ... on CreateWebsiteRefused { reason message } } }`

const DENIED_HOSTS = '{ deniedHosts { host reason createdAt } }'

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
})
afterAll(() => hub.close())
beforeEach(() => hub.parts.store.prisma.deniedHost.deleteMany())

const asOperator = async (query: string, variables = {}) => {
  const { data, errors } = await hub.post(query, { token: hub.operatorToken, variables })
  if (!data) throw new Error(JSON.stringify(errors))
  return data
}
const asOwner = async (query: string, variables = {}) => {
  const { data, errors } = await hub.post(query, { token: hub.ownerToken, variables })
  if (!data) throw new Error(JSON.stringify(errors))
  return data as Record<string, { website?: { id: string } } & Record<string, unknown>>
}
const deny = (host: string, reason = 'Its owner asked for it.') => asOperator(DENY, { host, reason })
const create = async (url: string) => {
  const { createWebsite } = await asOwner(CREATE, { url, enabled: true })
  return createWebsite?.website?.id ?? ''
}
const lists = async () => ({
  everyone: (await hub.post(DENIED_HOSTS)).data?.['deniedHosts'],
  operators: (await asOperator(DENIED_HOSTS))['deniedHosts'],
})

describe('denyHost and allowHost', () => {
  it('keep one list, which operators see whole and everybody the hosts of', async () => {
    const createdAt = new Date(hub.clock.now()).toISOString()
    expect(await deny(' WWW.Example.com. ')).toEqual({
      denyHost: {
        __typename: 'DenyHostSuccess',
        deniedHost: { host: 'www.example.com', reason: 'Its owner asked for it.', createdAt },
      },
    })
    hub.clock.advance(1000)
    await deny('[2001:DB8::1]')
    await deny('www.example.com', 'another')
    const later = new Date(hub.clock.now()).toISOString()
    expect(await lists()).toEqual({
      everyone: [
        { host: '2001:db8::1', reason: null, createdAt: later },
        { host: 'www.example.com', reason: null, createdAt },
      ],
      operators: [
        { host: '2001:db8::1', reason: 'Its owner asked for it.', createdAt: later },
        { host: 'www.example.com', reason: 'another', createdAt },
      ],
    })
    const allow = `mutation ($host: String!) { allowHost(input: { host: $host }) {
      ... on AllowHostSuccess { deniedHost { host } } ... on AllowHostRefused { reason field message } } }`
    const refused = {
      allowHost: {
        reason: 'NOT_FOUND',
        field: 'host',
        message: 'This host is not on the deny-list; `deniedHosts` lists those that are.',
      },
    }
    expect(await asOperator(allow, { host: 'Www.Example.Com' })).toEqual({
      allowHost: { deniedHost: { host: 'www.example.com' } },
    })
    const before = await storedState(hub.parts.store)
    expect(await asOperator(allow, { host: 'www.example.com' })).toEqual(refused)
    expect(await asOperator(allow, { host: 'no host' })).toEqual(refused)
    expect(await storedState(hub.parts.store)).toEqual(before)
    expect((await lists()).operators).toMatchObject([{ host: '2001:db8::1' }])
  })

  it.each([
    ['https://example.com/', 'x', 'INVALID_HOST'],
    ['example.com:80', 'x', 'INVALID_HOST'],
    ['', 'x', 'INVALID_HOST'],
    ['example.com', ' ', 'INVALID_REASON'],
    ['example.com', 'two\nlines', 'INVALID_REASON'],
    ['example.com', 'x'.repeat(501), 'INVALID_REASON'],
  ])('refuse %j for %j with %s and change nothing', async (host, text, reason) => {
    const before = await storedState(hub.parts.store)
    expect(await deny(host, text)).toMatchObject({ denyHost: { __typename: 'DenyHostRefused', reason } })
    expect(await storedState(hub.parts.store)).toEqual(before)
  })

  it('say everything that is wrong at once', async () => {
    const faults = `mutation { denyHost(input: { host: "a b", reason: "" }) { ... on DenyHostRefused { field faults { field reason } } } }`
    expect(await asOperator(faults)).toEqual({
      denyHost: {
        field: 'host',
        faults: [
          { field: 'host', reason: 'INVALID_HOST' },
          { field: 'reason', reason: 'INVALID_REASON' },
        ],
      },
    })
  })

  it('hold no more than every validator can be told, and still change the reason of one', async () => {
    await hub.parts.store.sql.query(
      `INSERT INTO "DeniedHost" (host, reason, "createdAt") SELECT n || '.example', '', now() FROM generate_series(1, $1::int) n`,
      [DENIED_HOSTS_MAX],
    )
    const before = await storedState(hub.parts.store)
    expect(await deny('one.more')).toMatchObject({ denyHost: { reason: 'TOO_MANY_HOSTS' } })
    expect(await storedState(hub.parts.store)).toEqual(before)
    expect(await deny('1.example')).toMatchObject({ denyHost: { __typename: 'DenyHostSuccess' } })
  })

  it.each(['ownerToken', null] as const)('are not for %s', async (who) => {
    const token = who === null ? undefined : hub[who]
    const before = await storedState(hub.parts.store)
    const documents = [
      'mutation { denyHost(input: { host: "a.example", reason: "x" }) { __typename } }',
      'mutation { allowHost(input: { host: "a.example" }) { __typename } }',
    ]
    for (const query of documents) {
      const { errors } = await hub.post(query, token === undefined ? {} : { token })
      expect(errors?.[0]?.extensions['code']).toBe(token === undefined ? 'UNAUTHENTICATED' : 'FORBIDDEN')
    }
    expect(await storedState(hub.parts.store)).toEqual(before)
  })
})

describe('a denied host', () => {
  it('takes no website, below it neither, with the reason', async () => {
    await deny('denied.example', 'Its owner asked for it.')
    const before = await storedState(hub.parts.store)
    for (const url of ['https://denied.example:8443/', 'http://a.b.DENIED.example./x']) {
      const { createWebsite } = await asOwner(CREATE, { url, enabled: false })
      expect(createWebsite).toEqual({
        __typename: 'CreateWebsiteRefused',
        reason: 'DENIED_HOST',
        message: 'The operator of this hub lets nothing be sent to denied.example: Its owner asked for it.',
      })
    }
    expect(await storedState(hub.parts.store)).toEqual(before)
    expect(await create('https://notdenied.example/')).not.toBe('')
  })

  it('lets nobody enable one there, though its other settings may change', async () => {
    const id = await create('https://late.example/')
    const update = `mutation ($id: ID!, $enabled: Boolean, $name: String) {
      updateWebsite(input: { id: $id, enabled: $enabled, name: $name }) { __typename ... on UpdateWebsiteRefused { reason } } }`
    await asOwner(update, { id, enabled: false })
    await deny('late.example')
    const before = await storedState(hub.parts.store)
    expect(await asOwner(update, { id, enabled: true, name: 'new' })).toEqual({
      updateWebsite: { __typename: 'UpdateWebsiteRefused', reason: 'DENIED_HOST' },
    })
    expect(await storedState(hub.parts.store)).toEqual(before)
    expect(await asOwner(update, { id, name: 'new' })).toMatchObject({
      updateWebsite: { __typename: 'UpdateWebsiteSuccess' },
    })
  })

  it('takes no webhook, new or turned on, and one that is there gets nothing', async () => {
    const createWebhook = `mutation { createWebhook(input: { url: "http://127.0.0.1:9/" }) {
      __typename ... on CreateWebhookSuccess { webhook { id } } ... on CreateWebhookRefused { reason } } }`
    const { createWebhook: made } = (await asOwner(createWebhook)) as never as {
      createWebhook: { webhook: { id: string } }
    }
    await deny('127.0.0.1', 'not there')
    expect(await asOwner(createWebhook)).toMatchObject({ createWebhook: { reason: 'DENIED_HOST' } })
    const test = `mutation ($id: ID!) { testChannel(id: $id) { ... on TestChannelSuccess { attempt { error } } } }`
    expect(await asOwner(test, { id: made.webhook.id })).toEqual({
      testChannel: { attempt: { error: 'The operator of this hub lets nothing be sent to 127.0.0.1: not there' } },
    })
    const update = `mutation ($id: ID!, $enabled: Boolean!) { updateWebhook(input: { id: $id, enabled: $enabled }) {
      __typename ... on UpdateWebhookRefused { reason } } }`
    await asOwner(update, { id: made.webhook.id, enabled: false })
    expect(await asOwner(update, { id: made.webhook.id, enabled: true })).toMatchObject({
      updateWebhook: { reason: 'DENIED_HOST' },
    })
  })

  it('is not dispatched from the next round on, and its owner sees why', async () => {
    const member: TestMember = await joinHub(hub)
    await hub.parts.store.prisma.website.updateMany({ data: { enabled: false } })
    const [kept, denied] = [await create('https://kept.example/'), await create('https://sub.gone.example/')]
    const seen = `{ websites(last: 2) { edges { node { id enabled deniedReason } } } }`
    const [first = []] = await playRound(hub, member)
    expect(first.map(({ websiteId }) => websiteId).sort()).toEqual([kept, denied].sort())
    await deny('gone.example', 'It complained.')
    const [second = []] = await playRound(hub, member)
    expect(second.map(({ websiteId }) => websiteId)).toEqual([kept])
    expect(await asOwner(seen)).toEqual({
      websites: {
        edges: [
          { node: { id: kept, enabled: true, deniedReason: null } },
          { node: { id: denied, enabled: true, deniedReason: 'It complained.' } },
        ],
      },
    })
    await asOperator('mutation { allowHost(input: { host: "gone.example" }) { __typename } }')
    const [third = []] = await playRound(hub, member)
    expect(third).toHaveLength(2)
    await member.socket.close()
  })
})

describe('the nearest entry', () => {
  it('is the one whose reason is told, whichever way it is found', async () => {
    await deny('example', 'far')
    await deny('a.example', 'near')
    const urls = ['https://b.a.example/', 'https://b.example/', 'https://b.test/']
    const found = await findDenials(hub.parts.store.sql, urls)
    expect(found.map((entry) => entry?.reason)).toEqual(['near', 'far', undefined])
    const all = await hub.parts.store.prisma.deniedHost.findMany()
    expect(urls.map(createDenialFinder(all))).toEqual(found)
  })
})
