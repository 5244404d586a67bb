import { connect } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STATUS_CODES } from 'node:http'
import { responseFault, useGarbageWorld, strangeText, strangeValue } from '../testing/api/garbage.js'

const world = useGarbageWorld()

async function say(bytes: Uint8Array): Promise<string> {
  const socket = connect(world.hub.parts.settings.port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.end(bytes)
  const pieces: Buffer[] = []
  socket.on('data', (piece: Buffer) => pieces.push(piece))
  await new Promise((resolve) => socket.once('close', resolve))
  return Buffer.concat(pieces).toString('latin1')
}

/** None of them may say that the hub has failed. */
const statusesOf = (text: string) => [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))
const isFault = (status: number) => STATUS_CODES[status] === undefined || status >= 500

const post = (body: Uint8Array<ArrayBuffer> | string, headers: Record<string, string> = {}) =>
  fetch(`${world.hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })

describe('bodies', () => {
  it('of any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const response = await post(Uint8Array.from(bytes))
        expect(response.status).toBe(400)
        expect(responseFault(await response.json())).toBeNull()
      }),
      { numRuns: 60 },
    )
  })

  it('of any JSON', async () => {
    const request = fc.record(
      {
        query: fc.oneof(fc.constant('{ __typename }'), strangeValue),
        variables: strangeValue,
        operationName: strangeValue,
        extensions: strangeValue,
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(fc.oneof(request, strangeValue, fc.array(request, { maxLength: 3 })), async (value) => {
        const response = await post(JSON.stringify(value))
        expect(response.status).toBeLessThan(500)
        expect(responseFault(await response.json())).toBeNull()
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    ['deep lists', `{"query":"{ __typename }","variables":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['deep objects', `{"query":"{ __typename }","variables":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`],
    ['a deep document', JSON.stringify({ query: '{ a '.repeat(20_000) })],
    ['a document as deep as tokens go', JSON.stringify({ query: `${'{ a '.repeat(1_300)}${'}'.repeat(1_300)}` })],
    [
      'a list as deep as tokens go',
      JSON.stringify({ query: `{ website(id: ${'['.repeat(1_900)}${']'.repeat(1_900)}) { id } }` }),
    ],
    [
      'a type as deep as tokens go',
      JSON.stringify({ query: `query ($a: ${'['.repeat(1_900)}ID${']'.repeat(1_900)}) { __typename }` }),
    ],
    [
      'an object as deep as tokens go',
      JSON.stringify({ query: `{ website(id: ${'{a:'.repeat(900)}1${'}'.repeat(900)}) { id } }` }),
    ],
    [
      'fragments within each other',
      JSON.stringify({
        query: `{ ...F0 } ${Array.from({ length: 450 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} }`).join(' ')} fragment F450 on Query { __typename }`,
      }),
    ],
    [
      'variables deeper than their type',
      `{"query":"mutation ($i: CreateWebsiteInput!) { createWebsite(input: $i) { __typename } }","variables":{"i":${'{"check":'.repeat(20_000)}1${'}'.repeat(20_000)}}}`,
    ],
    ['a number without end', `{"query":"{ __typename }","variables":{"a":${'9'.repeat(100_000)}}}`],
    ['the same name twice', '{"query":"{ __typename }","query":7,"__proto__":{"query":"x"}}'],
    ['names of prototypes', '{"__proto__":{"query":"{ __typename }"},"constructor":{"prototype":{"x":1}}}'],
    ['a byte order mark', '\ufeff{"query":"{ __typename }"}'],
    ['halves of characters', '{"query":"{ __typename }","variables":{"a":"\\ud800"},"operationName":"\\udfff"}'],
  ])('of %s', async (_what, body) => {
    const response = await post(body)
    expect(response.status).toBeLessThan(500)
    expect(responseFault(await response.json())).toBeNull()
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })
})

describe('heads', () => {
  const line = fc.oneof(
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc
      .tuple(
        fc.constantFrom(
          'Authorization',
          'Content-Type',
          'Content-Length',
          'Transfer-Encoding',
          'Accept',
          'Origin',
          'Host',
          'Expect',
          'Upgrade',
          'Connection',
          'X-Forwarded-For',
          'Cookie',
          'Content-Encoding',
          'Sec-WebSocket-Key',
        ),
        fc.oneof(
          strangeText.map((text) => text.slice(0, 300)),
          fc.constantFrom(
            'chunked',
            'Bearer ovo_x',
            '-1',
            '1e9',
            '*/*',
            'websocket',
            'close',
            '100-continue',
            'null',
            '::1, x',
          ),
        ),
      )
      .map(([name, value]) => `${name}: ${value}`),
  )
  const target = fc.oneof(
    fc.constantFrom(
      '/graphql',
      '/',
      '/export/ticks.csv',
      '/operator/backup',
      '/readyz',
      '/metrics',
      '//',
      '*',
      'http://[',
      '/%',
      '/%00',
      '/graphql?query=%ff',
    ),
    fc.webPath(),
    strangeText.map((text) => `/export/${encodeURIComponent(Buffer.from(text).toString('utf8'))}`),
  )
  const method = fc.constantFrom(
    'GET',
    'POST',
    'HEAD',
    'OPTIONS',
    'PUT',
    'DELETE',
    'PATCH',
    'TRACE',
    'CONNECT',
    'get',
    'BREW',
  )

  it('of any method, target and headers', async () => {
    await fc.assert(
      fc.asyncProperty(method, target, fc.array(line, { maxLength: 5 }), async (verb, path, lines) => {
        const head = [`${verb} ${path} HTTP/1.1`, 'Host: hub', 'Connection: close', ...lines, '', ''].join('\r\n')
        expect(statusesOf(await say(Buffer.from(head, 'latin1'))).filter(isFault)).toEqual([])
      }),
      { numRuns: 250 },
    )
  })

  it('of any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(statusesOf(await say(bytes)).filter(isFault)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('of exports with any parameters, by an owner and by the operator', async () => {
    const parameters = fc.dictionary(
      fc.constantFrom('website', 'from', 'until', 'owner', 'token', '__proto__'),
      fc.oneof(strangeText, fc.uuid(), fc.constantFrom('2026-11-22', '2026-11-22T13:00:00.000Z', 'owner@localhost')),
    )
    const kind = fc.constantFrom(
      'ticks.csv',
      'verdicts.jsonl',
      'incidents.csv',
      'rollups.csv',
      'rosters.jsonl',
      'x.csv',
    )
    await fc.assert(
      fc.asyncProperty(kind, parameters, fc.boolean(), async (file, given, isOperator) => {
        const authorization = `Bearer ${isOperator ? world.hub.operatorToken : world.hub.ownerToken}`
        const query = new URLSearchParams(Object.entries(given))
        const response = await fetch(`${world.hub.url}/export/${file}?${query}`, { headers: { authorization } })
        expect(response.status).toBeLessThan(500)
        const text = await response.text()
        expect(response.status === 200 ? null : responseFault(JSON.parse(text))).toBeNull()
      }),
      { numRuns: 100 },
    )
  })
})
