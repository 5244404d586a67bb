import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askRaw } from '../testing/http/ask-raw.js'
import { responseFault, strangeText } from '../testing/api/garbage.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'

const LISTED = 'https://status.example'
let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub(inject('template'), { settings: { corsOrigins: [LISTED] } })
})
afterAll(async () => {
  if (hub.errors.length > 0) throw new Error(JSON.stringify(hub.errors))
  await hub.close()
})

type Headers = Record<string, string>
const CHANGES = 'subscription { websiteChanged { __typename } }'
const pathOf = (query: string) => `/graphql?${new URLSearchParams({ query })}`
const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` })
const ask = (path: string, headers: Headers = {}, method = 'GET') => askRaw(`${hub.url}${path}`, { method, headers })
const post = (query: string, headers: Headers = {}) =>
  fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
const listeners = () => hub.parts.bus.listenerCount()

describe('HEAD', () => {
  it.each<[string, string, Headers?]>([
    ['a query', pathOf('{ viewer { __typename } }')],
    ['a query as of now', pathOf('{ viewer { __typename } }'), { accept: 'application/graphql-response+json' }],
    ['a faulty query', pathOf('{ nonsense }'), { accept: 'application/graphql-response+json' }],
    ['a mutation', pathOf('mutation { logOut { __typename } }')],
    ['no document', '/graphql'],
    ['a wrong token', pathOf('{ __typename }'), bearer('nobody')],
    ['a type that there is not', pathOf('{ __typename }'), { accept: 'text/plain' }],
    ['the page for people', '/graphql', { accept: 'text/html' }],
    ['another page', pathOf('{ __typename }'), { origin: LISTED }],
    ['the way to the page', '/'],
    ['health', '/healthz'],
    ['nothing', '/nothing'],
    ['a backup by nobody', '/operator/backup'],
    ['an export by nobody', '/export/ticks.csv'],
  ])('for %s has the head of GET', async (_what, path, headers) => {
    const [get, head] = [await ask(path, headers), await ask(path, headers, 'HEAD')]
    expect(head.status).toBe(get.status)
    expect({ ...head.headers, date: null }).toEqual({ ...get.headers, date: null })
    expect(head.body).toHaveLength(0)
  })

  it('of a subscription opens none', async () => {
    const before = listeners()
    const headers = { ...bearer(hub.ownerToken), accept: 'text/event-stream' }
    const { status, headers: got, body } = await ask(pathOf(CHANGES), headers, 'HEAD')
    expect([status, got['content-type'], body.length]).toEqual([200, 'text/event-stream', 0])
    expect(listeners()).toBe(before)
  })

  it('of a mutation changes nothing', async () => {
    const before = await hub.parts.store.prisma.website.count()
    const create = `mutation { createWebsite(input: { name: "a", url: "http://127.0.0.1:9/" }) { __typename } }`
    expect((await ask(pathOf(create), bearer(hub.ownerToken), 'HEAD')).status).toBe(405)
    expect(await hub.parts.store.prisma.website.count()).toBe(before)
  })

  it('of a backup names it, and takes none', async () => {
    const { status, headers, body } = await ask('/operator/backup', bearer(hub.operatorToken), 'HEAD')
    expect([status, body.length]).toEqual([200, 0])
    expect(headers['content-disposition']).toBe('attachment; filename="overlaps-2026-11-22.backup"')
  })
})

describe('a wrong token', () => {
  it.each(['application/json', 'application/graphql-response+json', 'text/event-stream', '*/*'])(
    'is 401 as %s, with what to send',
    async (accept) => {
      for (const token of ['nobody', 'ovo_nobody']) {
        const headers = { ...bearer(token), accept }
        for (const answer of [await ask(pathOf('{ __typename }'), headers), await post('{ __typename }', headers)]) {
          expect(answer.status).toBe(401)
          const asked =
            answer instanceof Response ? answer.headers.get('www-authenticate') : answer.headers['www-authenticate']
          expect(asked).toBe('Bearer realm="overlaps"')
        }
      }
    },
  )
})

describe('a fault without data', () => {
  it.each<[string, string, number]>([
    ['a document that is none', '{', 400],
    ['a faulty document', '{ nonsense }', 400],
    ['a missing value', 'query ($id: ID!) { website(id: $id) { id } }', 400],
    ['an operation that is not there', 'query A { __typename } query B { __typename }', 400],
  ])('is no success as application/graphql-response+json: %s', async (_what, query, status) => {
    expect((await post(query, { accept: 'application/graphql-response+json' })).status).toBe(status)
  })
})

describe('a type that is not answered', () => {
  it.each(['text/plain', 'image/*', 'application/json;q=0', 'application/json; charset=latin1', 'multipart/mixed'])(
    '%s is 406 with a body, and nothing has run',
    async (accept) => {
      const before = await hub.parts.store.prisma.website.count()
      const create = `mutation { createWebsite(input: { name: "a", url: "http://127.0.0.1:9/" }) { __typename } }`
      const response = await post(create, { ...bearer(hub.ownerToken), accept })
      expect(response.status).toBe(406)
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
      expect(responseFault(await response.json())).toBeNull()
      expect(await hub.parts.store.prisma.website.count()).toBe(before)
    },
  )

  it.each(['application/json', 'application/graphql-response+json', 'multipart/mixed, application/json'])(
    '%s is 406 for a subscription, which does not begin',
    async (accept) => {
      const before = listeners()
      const response = await post(CHANGES, { ...bearer(hub.ownerToken), accept })
      expect(response.status).toBe(406)
      expect(responseFault(await response.json())).toBeNull()
      expect(listeners()).toBe(before)
    },
  )
})

describe('what is kept on the way', () => {
  it('is no answer, and none is shown to another caller', async () => {
    for (const query of ['{ __typename }', '{', '{ nonsense }']) {
      const { headers } = await ask(pathOf(query), { origin: LISTED })
      expect(headers).toMatchObject({ 'cache-control': 'no-store', vary: 'origin, accept, authorization' })
    }
  })

  it('is no event', async () => {
    const headers = { ...bearer(hub.ownerToken), accept: 'text/event-stream' }
    const response = await fetch(`${hub.url}${pathOf(CHANGES)}`, { headers })
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    expect(response.headers.get('cache-control')).toContain('no-store, no-transform')
    await response.body?.cancel()
    expect((await ask(pathOf('{ __typename }'))).headers).not.toHaveProperty('x-accel-buffering')
  })
})

describe("Apollo's persisted queries", () => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: 'ab' } }
  const told = { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }

  it('are not supported, in the words at which clients send the document', async () => {
    const byUrl = `/graphql?${new URLSearchParams({ extensions: JSON.stringify(extensions) })}`
    const { status, body } = await ask(byUrl)
    expect([status, JSON.parse(body.toString())]).toEqual([200, { errors: [told] }])
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ extensions }),
    })
    expect(await response.json()).toEqual({ errors: [told] })
  })

  it('run when the document comes with the hash', async () => {
    const both = new URLSearchParams({ query: '{ __typename }', extensions: JSON.stringify(extensions) })
    expect((await ask(`/graphql?${both}`)).body.toString()).toBe('{"data":{"__typename":"Query"}}')
  })
})

describe('parameters in a URL', () => {
  it('of any text are nobody else’s fault', async () => {
    const text = strangeText.map((one) => one.slice(0, 300))
    const parameters = fc.dictionary(
      fc.constantFrom('query', 'variables', 'operationName', 'extensions', '__proto__', 'x'),
      fc.oneof(text, fc.json({ maxDepth: 2 }), fc.constantFrom('{ __typename }', 'x', '{', '[]', 'null')),
    )
    const accept = fc.oneof(text, fc.constantFrom('*/*', 'text/event-stream', 'application/json'))
    await fc.assert(
      fc.asyncProperty(parameters, accept, async (given, type) => {
        const headers = {
          accept: Buffer.from(type)
            .toString('latin1')
            .replaceAll(/[^\x20-\x7e]/g, ''),
        }
        const { status, body } = await ask(`/graphql?${new URLSearchParams(Object.entries(given))}`, headers)
        expect(status).toBeLessThan(500)
        const [, data] = /^data: (.*)$/m.exec(body.toString()) ?? []
        expect(responseFault(JSON.parse(data ?? body.toString()))).toBeNull()
        expect(hub.errors).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})
