import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { STATUS_CODES } from 'node:http'
import { createKeyPair, signStatement } from '../protocol/sign-statement.js'
import { TICK_REJECTIONS } from '../protocol/tick-rejections.js'
import type { TestHub } from '../testing/test-hub.js'
import { answer, statementOf, submitBatch, submitOne } from '../testing/test-validator.js'
import { expectResponse, openGarbageWorld, strangeText, strangeValue, type GarbageWorld } from './test-garbage.js'

let world: GarbageWorld
let hub: TestHub
beforeAll(async () => {
  world = await openGarbageWorld(inject('template'))
  ;({ hub } = world)
})
afterEach(() => world.expectUnharmed())
afterAll(() => world.endWell())

/** Sends bytes over TCP and hears what comes until the hub closes. */
async function say(bytes: Uint8Array): Promise<string> {
  const socket = connect(hub.parts.settings.port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.end(bytes)
  const pieces: Buffer[] = []
  socket.on('data', (piece: Buffer) => pieces.push(piece))
  await new Promise((resolve) => socket.once('close', resolve))
  return Buffer.concat(pieces).toString('latin1')
}

/** Fails unless all that came are answers of the hub, none of which says that it has failed. */
function expectStatuses(text: string): void {
  for (const [, status = ''] of text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)) {
    if (STATUS_CODES[status] === undefined || Number(status) >= 500) throw new Error(`status ${status}`)
  }
}

const post = (body: Uint8Array<ArrayBuffer> | string, headers: Record<string, string> = {}) =>
  fetch(`${hub.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })

describe('bodies', () => {
  it('of any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const response = await post(Uint8Array.from(bytes))
        expect(response.status).toBe(400)
        expectResponse(await response.json())
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
        expectResponse(await response.json())
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
    expectResponse(await response.json())
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
        expectStatuses(await say(Buffer.from(head, 'latin1')))
      }),
      { numRuns: 250 },
    )
  })

  it('of any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => expectStatuses(await say(bytes))),
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
        const authorization = `Bearer ${isOperator ? hub.operatorToken : hub.ownerToken}`
        const query = new URLSearchParams(Object.entries(given))
        const response = await fetch(`${hub.url}/export/${file}?${query}`, { headers: { authorization } })
        expect(response.status).toBeLessThan(500)
        const text = await response.text()
        if (response.status !== 200) expectResponse(JSON.parse(text))
      }),
      { numRuns: 100 },
    )
  })
})

describe('answers', () => {
  const flip = (text: string, bit: number) => {
    const bytes = Buffer.from(text, 'base64')
    const at = bit % (bytes.length * 8)
    bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7))
    return bytes.toString('base64')
  }
  // UNAVAILABLE would be the hub's own fault.
  const REASONS = expect.toBeOneOf(Object.keys(TICK_REJECTIONS).filter((reason) => reason !== 'UNAVAILABLE'))

  it('to a callback that was never given out, signed well', async () => {
    const { task, member } = world
    const bytes = Buffer.from(task.callbackId, 'base64url')
    const flipped = fc
      .nat(bytes.length * 8 - 1)
      .map((bit) => Buffer.from(flip(bytes.toString('base64'), bit), 'base64').toString('base64url'))
    const random = fc
      .uint8Array({ minLength: bytes.length, maxLength: bytes.length })
      .map((some) => Buffer.from(some).toString('base64url'))
    const version = fc
      .nat(255)
      .filter((byte) => byte !== bytes[0])
      .map((byte) => Buffer.from([byte, ...bytes.subarray(1)]).toString('base64url'))
    await fc.assert(
      fc.asyncProperty(fc.oneof(flipped, random, version), async (callbackId) => {
        const tick = { ...answer(task), callbackId }
        const one = await submitOne(hub, member, task, tick)
        const batch = await submitBatch(hub, member, [{ task, tick }])
        expect([one.reason, batch.rejected?.[0]?.reason]).toEqual([REASONS, REASONS])
      }),
      { numRuns: 25 },
    )
  })

  it('to a callback that is none', async () => {
    const { task, member } = world
    const spelt = fc.constantFrom('=', ' ', '\n', 'A').map((more) => task.callbackId + more)
    await fc.assert(
      fc.asyncProperty(fc.oneof(spelt, strangeText), async (callbackId) => {
        const tick = { ...answer(task), callbackId }
        // What cannot be a line of a statement is not signed, but sent all the same.
        const one = await submitOne(hub, member, task, answer(task), { tick }).catch(faultOf)
        const ticks = [{ ...tick, leaf: '0'.repeat(64) }]
        const batch = await submitBatch(hub, member, [{ task }], { ticks }).catch(faultOf)
        expect([one.reason, batch.reason ?? batch.rejected?.[0]?.reason]).toEqual([REASONS, REASONS])
      }),
      { numRuns: 25 },
    )
  })

  it('whose signature or key is another one by a bit', async () => {
    const { task, member } = world
    const tick = answer(task)
    const good = signStatement(member.keys, statementOf(hub, member.keys, task, tick))
    await fc.assert(
      fc.asyncProperty(fc.nat(511), strangeText, fc.boolean(), async (bit, text, isText) => {
        const signature = isText ? text : flip(good, bit)
        const outcome = await submitOne(hub, member, task, tick, { signature }).catch(faultOf)
        expect(outcome.reason).toEqual(REASONS)
        const publicKey = isText ? text : createKeyPair().publicKey
        expect((await submitOne(hub, member, task, tick, { publicKey }).catch(faultOf)).reason).toEqual(REASONS)
      }),
      { numRuns: 25 },
    )
  })

  it('with any field of any value, whose signature is that of another', async () => {
    const { task, member } = world
    const sound = answer(task)
    const signature = signStatement(member.keys, statementOf(hub, member.keys, task, sound))
    const names = Object.keys(sound)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), strangeValue, async (name, value) => {
        const tick = { ...sound, [name]: value }
        fc.pre(JSON.stringify(tick) !== JSON.stringify(sound))
        expect((await submitOne(hub, member, task, sound, { tick, signature }).catch(faultOf)).reason).toEqual(REASONS)
      }),
      { numRuns: 60 },
    )
  })
})

/** What does not even fit its type is a fault of the call. */
function faultOf(error: unknown): { reason: string; rejected?: never } {
  expectResponse({ errors: JSON.parse((error as Error).message) as unknown })
  return { reason: 'INVALID' }
}
