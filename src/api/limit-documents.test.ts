import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openRawSocket } from '../testing/raw-socket.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'

interface Refusal {
  message: string
  code: unknown
  of: unknown
  limit: unknown
}

let hub: TestHub

beforeAll(async () => {
  hub = await startTestHub(inject('template'), {
    settings: {
      documentLimits: { depth: 5, aliases: 4, directives: 3, cost: 500, mutations: 2 },
      documentTokensMax: 60,
      introspection: false,
    },
  })
})
afterAll(() => hub.close())

interface Answer {
  errors?: { message: string; extensions: Record<string, unknown> }[]
}

const TRANSPORTS: Record<string, (query: string) => Promise<Answer>> = {
  POST: async (query) => hub.post(query, { token: hub.ownerToken }),
  GET: async (query) => get(query, 'application/json'),
  SSE: async (query) => {
    const text = await (await fetchGet(query, 'text/event-stream')).text()
    const data = /data:(.*)/.exec(text)?.[1]
    return JSON.parse(data ?? text) as Answer
  },
  WebSocket: async (query) => {
    const socket = await openRawSocket(hub)
    socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${hub.ownerToken}` } })
    await socket.next()
    socket.send({ type: 'subscribe', id: '1', payload: { query } })
    const refused = await socket.next()
    expect(refused).toMatchObject({ type: 'error', id: '1' })
    socket.send({ type: 'subscribe', id: '2', payload: { query: '{ __typename }' } })
    expect(await socket.next()).toMatchObject({ type: 'next', id: '2' })
    await socket.close()
    return { errors: refused.payload as NonNullable<Answer['errors']> }
  },
}

function fetchGet(query: string, accept: string): Promise<Response> {
  return fetch(`${hub.url}/graphql?query=${encodeURIComponent(query)}`, {
    headers: { accept, authorization: `Bearer ${hub.ownerToken}` },
  })
}

async function get(query: string, accept: string): Promise<Answer> {
  return (await (await fetchGet(query, accept)).json()) as Answer
}

function refusalsOf({ errors = [] }: Answer): Refusal[] {
  return errors.map(({ message, extensions }) => ({
    message,
    code: extensions['code'],
    of: extensions['of'],
    limit: extensions['limit'],
  }))
}

const DOCUMENTS: readonly [of: string, limit: number, query: string][] = [
  ['depth', 5, '{ websites(first: 1) { edges { node { ticks(first: 1) { edges { cursor } } } } } }'],
  ['aliases', 4, '{ a: __typename b: __typename c: __typename d: __typename e: __typename }'],
  [
    'directives',
    3,
    '{ __typename @skip(if: false) viewer @skip(if: false) @include(if: true) { __typename @skip(if: true) } }',
  ],
  ['cost', 500, '{ websites(first: 100) { edges { node { id name url } } } }'],
  ['mutations', 2, 'mutation { a: logOut { __typename } b: logOut { __typename } c: logOut { __typename } }'],
  ['tokens', 60, `{ ${'viewer { __typename } '.repeat(30)} }`],
]

describe.each(Object.entries(TRANSPORTS))('over %s', (name, ask) => {
  // GET takes queries only.
  const documents = DOCUMENTS.filter(([of]) => of !== 'mutations' || !['GET', 'SSE'].includes(name))

  it.each(documents)('a document with too much of %s is refused with its limit', async (of, limit, query) => {
    expect(refusalsOf(await ask(query))).toEqual([
      { code: 'LIMIT_EXCEEDED', of, limit, message: expect.stringContaining(String(limit)) },
    ])
  })

  it('the schema is not told where introspection is off', async () => {
    const query = '{ __schema { queryType { name } } }'
    expect(refusalsOf(await ask(query))).toMatchObject([
      { code: 'GRAPHQL_VALIDATION_FAILED' },
      { code: 'GRAPHQL_VALIDATION_FAILED' },
    ])
  })
})

it.each(['POST', 'GET', 'WebSocket'])('a variable weighs what it holds over %s', async (name) => {
  const query = 'query ($n: Int) { websites(first: $n) { edges { node { id } } } }'
  expect(refusalsOf(await askWith(name, query, { n: 100 }))).toEqual([])
  const dear = 'query ($n: Int) { websites(first: $n) { edges { node { id name url } } } }'
  expect(refusalsOf(await askWith(name, dear, { n: 80 }))).toEqual([])
  expect(refusalsOf(await askWith(name, dear, { n: 100 }))).toMatchObject([
    { code: 'LIMIT_EXCEEDED', of: 'cost', limit: 500, message: expect.stringContaining('600') },
  ])
})

async function askWith(name: string, query: string, variables: Record<string, unknown>): Promise<Answer> {
  if (name === 'POST') return hub.post(query, { token: hub.ownerToken, variables })
  if (name === 'GET') {
    const sent = `query=${encodeURIComponent(query)}&variables=${encodeURIComponent(JSON.stringify(variables))}`
    const headers = { accept: 'application/json', authorization: `Bearer ${hub.ownerToken}` }
    return (await (await fetch(`${hub.url}/graphql?${sent}`, { headers })).json()) as Answer
  }
  const socket = await openRawSocket(hub)
  socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${hub.ownerToken}` } })
  await socket.next()
  socket.send({ type: 'subscribe', id: '1', payload: { query, variables } })
  const { type, payload } = await socket.next()
  await socket.close()
  return type === 'error' ? { errors: payload as NonNullable<Answer['errors']> } : (payload as Answer)
}

// A URL refuses them before they are a document.
it.each(['POST', 'WebSocket'])('ten thousand braces over %s are refused in the same words', async (name) => {
  const deep = `${'{a'.repeat(10_000)}${'}'.repeat(10_000)}`
  const answer = await TRANSPORTS[name]?.(deep)
  expect(refusalsOf(answer ?? {})).toMatchObject([{ code: 'LIMIT_EXCEEDED', of: 'tokens' }])
})

it('nothing of a refused document has run', async () => {
  expect(await hub.parts.store.prisma.apiToken.count({ where: { revokedAt: null } })).toBe(1)
})

it('what GraphiQL asks first fits into the limits of a hub with nothing set', async () => {
  const open = await startTestHub(inject('template'))
  try {
    expect((await open.post(getIntrospectionQuery())).errors).toBeUndefined()
  } finally {
    await open.close()
  }
})
