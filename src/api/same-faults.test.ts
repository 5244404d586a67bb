import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { FAULT_CODES } from '../graph/fault.js'
import { openReadySocket } from '../testing/raw-socket.js'
import { breakable } from '../testing/store-wrappers.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { openTestStore } from '../testing/test-store.js'
import { createWebsites } from '../testing/test-validator.js'

interface Fault {
  message: string
  extensions: Record<string, unknown>
  path?: string[]
}

interface Operation {
  query?: unknown
  operationName?: unknown
  variables?: unknown
  extensions?: unknown
}

let closed: TestHub
let open: TestHub
beforeAll(async () => {
  closed = await startTestHub(inject('template'), { settings: { introspection: false } })
  open = await startTestHub(inject('template'))
})
afterAll(async () => {
  await Promise.all([closed.close(), open.close()])
  const errors = [...closed.errors, ...open.errors]
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
})

const inUrl = (operation: Operation) =>
  new URLSearchParams(
    Object.entries(operation).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )

async function readFaults(response: Response): Promise<Fault[]> {
  const text = await response.text()
  const [, data] = /^data: (.*)$/m.exec(text) ?? []
  return (JSON.parse(data ?? text) as { errors: Fault[] }).errors
}

/** How the faults of an operation are told, by who carries it. All are asked by an owner. */
const TRANSPORTS = {
  POST: async ({ url, ownerToken }: TestHub, operation: Operation, accept = 'application/json') => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${ownerToken}`, accept }
    return readFaults(await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(operation) }))
  },
  GET: async ({ url, ownerToken }: TestHub, operation: Operation, accept = 'application/graphql-response+json') => {
    const headers = { authorization: `Bearer ${ownerToken}`, accept }
    return readFaults(await fetch(`${url}/graphql?${inUrl(operation)}`, { headers }))
  },
  'SSE by POST': (hub: TestHub, operation: Operation) => TRANSPORTS.POST(hub, operation, 'text/event-stream'),
  'SSE by GET': (hub: TestHub, operation: Operation) => TRANSPORTS.GET(hub, operation, 'text/event-stream'),
  WebSocket: async (hub: TestHub, operation: Operation): Promise<Fault[]> => {
    const raw = await openReadySocket(hub, hub.ownerToken)
    raw.send({ type: 'subscribe', id: 'a', payload: operation })
    const { type, payload } = await raw.next()
    expect(raw.socket.readyState).toBe(raw.socket.OPEN)
    await raw.close()
    return type === 'error' ? (payload as Fault[]) : (payload as { errors: Fault[] }).errors
  },
}
type Transport = keyof typeof TRANSPORTS

const ALL = Object.keys(TRANSPORTS) as Transport[]
const STREAMS: Transport[] = ['SSE by POST', 'SSE by GET', 'WebSocket']
const BY_POST: Transport[] = ['POST', 'SSE by POST', 'WebSocket']
const OVER_HTTP: Transport[] = ['POST', 'GET', 'SSE by POST', 'SSE by GET']

const ORDER = 'query ($order: WebsiteOrder) { websites(orderBy: $order) { pageInfo { hasNextPage } } }'
const DAYS =
  'query ($r: HistoryResolution!) { website(id: "a") { history(over: { window: LAST_7_DAYS }, resolution: $r) { from } } }'
const CREATE = 'mutation ($input: CreateWebsiteInput!) { createWebsite(input: $input) { __typename } }'

/** Those of which graphql-js would tell names that there are. */
const NEAR_MISSES: readonly [what: string, operation: Operation, transports?: Transport[]][] = [
  ['a field', { query: '{ websitez { __typename } }' }],
  ['a field of another type', { query: '{ viewer { email } }' }],
  ['an argument', { query: '{ websites(firsst: 1) { pageInfo { hasNextPage } } }' }],
  ['a type', { query: '{ viewer { ... on Userr { id } } }' }],
  ['a directive', { query: '{ viewer @includ(if: true) { __typename } }' }],
  ['a fragment', { query: '{ viewer { ...Userr } } fragment User on User { id }' }],
  ['a value of an enum', { query: '{ websites(orderBy: NAMEE) { pageInfo { hasNextPage } } }' }],
  ['a text for an enum', { query: '{ websites(orderBy: "NAME") { pageInfo { hasNextPage } } }' }],
  ['a field of an input', { query: '{ websites(filter: { searc: "a" }) { pageInfo { hasNextPage } } }' }],
  ['what is selected', { query: '{ viewer }' }],
  ['a variable', { query: 'query ($first: Int) { websites(first: $frist) { pageInfo { hasNextPage } } }' }],
  ["a variable's value of an enum", { query: ORDER, variables: { order: 'NAMEE' } }],
  ["a field of a variable's input", { query: CREATE, variables: { input: { nam: 'a', url: 'b' } } }, BY_POST],
]

const FAULTS: readonly [what: string, code: string, operation: Operation, transports?: Transport[]][] = [
  ['no document', 'GRAPHQL_PARSE_FAILED', { query: '{ a' }],
  ['an empty document', 'GRAPHQL_PARSE_FAILED', { query: '' }],
  ['no operation', 'BAD_USER_INPUT', { query: 'fragment A on Query { viewer { __typename } }' }],
  ['one of two operations', 'BAD_USER_INPUT', { query: 'query A { __typename } query B { __typename }' }],
  ['an operation of another name', 'BAD_USER_INPUT', { query: 'query A { __typename }', operationName: 'B' }],
  ['no value', 'BAD_USER_INPUT', { query: 'query ($id: ID!) { website(id: $id) { id } }' }],
  ['no value that the weight depends on', 'BAD_USER_INPUT', { query: DAYS }],
  [
    'a value of another type',
    'BAD_USER_INPUT',
    { query: 'query ($f: Int) { websites(first: $f) { edges { cursor } } }', variables: { f: 'x' } },
  ],
  ['too large a page', 'BAD_USER_INPUT', { query: '{ websites(first: 101) { edges { cursor } } }' }],
  ['no cursor', 'BAD_USER_INPUT', { query: '{ websites(after: "x") { edges { cursor } } }' }],
  ['too many tokens', 'LIMIT_EXCEEDED', { query: `{ ${'a '.repeat(4_100)} }` }],
  [
    'too many names',
    'LIMIT_EXCEEDED',
    { query: `{ ${Array.from({ length: 200 }, (_, index) => `a${index}: __typename`).join(' ')} }` },
  ],
  ['the schema', 'GRAPHQL_VALIDATION_FAILED', { query: '{ __schema { queryType { name } } }' }],
  ["an operator's field", 'FORBIDDEN', { query: '{ validators(first: 1) { edges { cursor } } }' }],
  ["a validator's tasks", 'UNAUTHENTICATED', { query: 'subscription { tasks { callbackId } }' }, STREAMS],
  ['variables in a list', 'BAD_USER_INPUT', { query: '{ __typename }', variables: [1] }, OVER_HTTP],
  ['variables as text', 'BAD_USER_INPUT', { query: '{ __typename }', variables: 'x' }, OVER_HTTP],
  ['extensions as text', 'BAD_USER_INPUT', { query: '{ __typename }', extensions: 'x' }, OVER_HTTP],
  ['no query', 'BAD_USER_INPUT', { variables: {} }, OVER_HTTP],
  [
    "a document's hash alone",
    'PERSISTED_QUERY_NOT_SUPPORTED',
    { extensions: { persistedQuery: { version: 1, sha256Hash: 'ab' } } },
    OVER_HTTP,
  ],
]

async function faultsOf(hub: TestHub, operation: Operation, transports: Transport[] = ALL): Promise<Fault[]> {
  const told = await Promise.all(
    transports.map(async (name) => [name, await TRANSPORTS[name](hub, operation)] as const),
  )
  const [, first] = told[0] ?? []
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(told.map(([name]) => [name, first])))
  expect(first?.map(({ extensions }) => FAULT_CODES.some((code) => code === extensions['code']))).not.toContain(false)
  return first ?? []
}

describe('a fault is told alike by every transport', () => {
  it.each(FAULTS)('%s: %s', async (_what, code, operation, transports) => {
    const faults = await faultsOf(closed, operation, transports)
    expect(new Set(faults.map(({ extensions }) => extensions['code']))).toEqual(new Set([code]))
  })
})

describe('the nearest name', () => {
  it.each(NEAR_MISSES)('of %s is told only where the schema is', async (_what, operation, transports) => {
    const [told, untold] = [await faultsOf(open, operation, transports), await faultsOf(closed, operation, transports)]
    expect(JSON.stringify(untold)).not.toMatch(/did you mean/i)
    const cut = told.map((one) => ({ ...one, message: one.message.replace(/ Did you mean .*\?$/, '') }))
    expect(untold).toEqual(cut)
  })

  it('is told where the schema is', async () => {
    const hints = []
    for (const [, operation, transports] of NEAR_MISSES) {
      const faults = await faultsOf(open, operation, transports)
      hints.push(faults.some(({ message }) => message.includes('Did you mean')))
    }
    expect(hints.filter((one) => one).length).toBeGreaterThan(6)
  })
})

describe('a stream that breaks', () => {
  const CHANGES = 'subscription { websiteChanged { website { name } } }'

  it('says why alike over SSE and over a socket, and nothing of the inside', async () => {
    const store = breakable(await openTestStore(inject('template')))
    const hub = await startTestHub(inject('template'), { overrides: { store } })
    const [websiteId = ''] = await createWebsites(hub, 1)
    const { id: userId } = await store.prisma.user.findFirstOrThrow()
    const raw = await openReadySocket(hub, hub.ownerToken)
    raw.send({ type: 'subscribe', id: 'a', payload: { query: CHANGES } })
    expect(await raw.next()).toMatchObject({ type: 'next' })
    const headers = { authorization: `Bearer ${hub.ownerToken}`, accept: 'text/event-stream' }
    const response = await fetch(`${hub.url}/graphql?${inUrl({ query: CHANGES })}`, { headers })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!text.includes('data: ')) text += (await reader?.read())?.value ?? ''
    store.away = true
    hub.parts.bus.publish('websiteChanged', { websiteId, userId, cause: 'ROUND_ENDED' })
    while (!text.includes('event: complete')) text += (await reader?.read())?.value ?? ''
    store.away = false

    const fault = {
      message: expect.stringMatching(/^Something went wrong in the hub/) as string,
      locations: [{ line: 1, column: 1 }],
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: expect.any(String) as string },
    }
    const [, last = ''] = [...text.matchAll(/^data: (.+)$/gm)].map(([, data]) => data)
    expect(JSON.parse(last)).toEqual({ errors: [fault] })
    expect(await raw.next()).toEqual({ type: 'error', id: 'a', payload: [fault] })
    await raw.close()
    // Each is in the log, once.
    expect(hub.errors).toHaveLength(2)
    await hub.close()
  })
})
