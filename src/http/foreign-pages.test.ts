import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { WebSocket } from 'ws'
import { startTestHub, type TestHub } from '../testing/test-hub.js'

const LISTED = 'https://status.example'
const FOREIGN = 'https://evil.example'

let hub: TestHub
let closed: TestHub
beforeAll(async () => {
  hub = await startTestHub(inject('template'), { settings: { corsOrigins: [LISTED] } })
  closed = await startTestHub(inject('template'))
})
afterAll(() => Promise.all([hub.close(), closed.close()]))

const body = JSON.stringify({ query: '{ viewer { __typename } }' })
const send = (of: TestHub, headers: Record<string, string>, init: RequestInit = {}) =>
  fetch(`${of.url}/graphql`, {
    method: 'POST',
    body,
    ...init,
    headers: { 'content-type': 'application/json', ...headers },
  })
const corsOf = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'))
const preflight = (of: TestHub, origin: string, path = '/graphql') =>
  fetch(`${of.url}${path}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type',
    },
  })

describe('a page of another origin', () => {
  it('gets no leave from a hub that lists none', async () => {
    expect(corsOf(await preflight(closed, LISTED))).toEqual({})
    const response = await send(closed, { origin: LISTED })
    expect([response.status, await response.json()]).toMatchObject([
      403,
      { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
    ])
    expect(corsOf(response)).toEqual({})
  })

  it.each(['/graphql', '/export/verdicts.csv'])('gets leave for %s when it is listed', async (path) => {
    const asked = await preflight(hub, LISTED, path)
    expect(asked.status).toBe(204)
    expect(corsOf(asked)).toEqual({
      'access-control-allow-origin': LISTED,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-expose-headers': 'retry-after',
      'access-control-max-age': '600',
      vary: 'origin',
    })
  })

  it('reads answers when it is listed, without credentials', async () => {
    const response = await send(hub, { origin: LISTED })
    expect(await response.json()).toEqual({ data: { viewer: null } })
    expect(corsOf(response)).toEqual({
      'access-control-allow-origin': LISTED,
      'access-control-expose-headers': 'retry-after',
      vary: 'origin',
    })
  })

  it.each([FOREIGN, `${LISTED}:8443`, 'http://status.example', 'null'])('of %s gets nothing', async (origin) => {
    expect(corsOf(await preflight(hub, origin))).toEqual({ vary: 'origin' })
    const before = await hub.parts.store.prisma.apiToken.findMany()
    const logOut = JSON.stringify({ query: 'mutation { logOut { __typename } }' })
    const headers = { origin, authorization: `Bearer ${hub.ownerToken}` }
    for (const response of [
      await send(hub, headers, { body: logOut }),
      await fetch(`${hub.url}/graphql?query={viewer{__typename}}`, { headers }),
      await fetch(`${hub.url}/graphql?query={viewer{__typename}}`, {
        headers: { ...headers, accept: 'text/event-stream' },
      }),
    ]) {
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
      expect(corsOf(response)).toEqual({ vary: 'origin' })
    }
    expect(await hub.parts.store.prisma.apiToken.findMany()).toEqual(before)
  })

  it("of the hub's own goes on as before", async () => {
    for (const of of [hub, closed]) expect((await send(of, { origin: of.url })).status).toBe(200)
  })
})

/** 101 unless it is refused. */
function upgrade(of: TestHub, origin?: string, options = {}): Promise<{ status: number; extensions: string }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${of.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      ...(origin !== undefined && { origin }),
      ...options,
    })
    socket.on('unexpected-response', (_request, response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, extensions: '' })
    })
    socket.on('open', () => {
      resolve({ status: 101, extensions: socket.extensions })
      socket.close()
    })
    socket.on('error', reject)
  })
}

describe('an upgrade to a WebSocket', () => {
  it.each<[string, (of: TestHub) => string | undefined, number]>([
    ['of no page', () => undefined, 101],
    ["of the hub's own page", (of) => of.url, 101],
    ['of a listed page', () => LISTED, 101],
    ['of a foreign page', () => FOREIGN, 403],
    ['of a page without an origin', () => 'null', 403],
  ])('%s', async (_name, originOf, status) => {
    expect(await upgrade(hub, originOf(hub))).toMatchObject({ status })
  })

  it('of a page that another hub lists is refused', async () => {
    expect(await upgrade(closed, LISTED)).toMatchObject({ status: 403 })
  })

  it('never agrees on compression', async () => {
    expect(await upgrade(hub, undefined, { perMessageDeflate: true })).toEqual({ status: 101, extensions: '' })
  })
})

describe('a body', () => {
  it.each<[string, Record<string, string>, string]>([
    ['of a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'query={viewer{__typename}}'],
    ['of parts', { 'content-type': 'multipart/form-data; boundary=x' }, '--x\r\n\r\n--x--'],
    ['of plain text', { 'content-type': 'text/plain' }, body],
    ['of a document', { 'content-type': 'application/graphql' }, '{ viewer { __typename } }'],
    ['that says to be compressed', { 'content-encoding': 'gzip' }, body],
  ])('%s is refused', async (_name, headers, text) => {
    const response = await send(hub, headers, { body: text })
    expect(response.status).toBe(415)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
  })
})
