import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  isServing,
  openRawSocket,
  openReadySocket,
  type RawSocket,
  type RawSocketOptions,
} from '../testing/raw-socket.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { openTaskSocket, signUp, type TaskSocket } from '../testing/test-validator.js'
import { eventually } from '../testing/eventually.js'

let hub: TestHub
let honest: TaskSocket
beforeAll(async () => {
  hub = await startTestHub(inject('template'), { overrides: { initTimeoutMs: 150 } })
  honest = await openTaskSocket(hub, (await signUp(hub)).sessionToken)
})
afterEach(async () => {
  const unharmed =
    hub.errors.length === 0 &&
    honest.socket.readyState === honest.socket.OPEN &&
    hub.parts.sessions.count() === 1 &&
    (await isServing(hub))
  if (!unharmed) throw new Error(`somebody else felt it: ${JSON.stringify(hub.errors)}`)
})
afterAll(() => hub.close())

const INIT = { type: 'connection_init' }
const subscribe = (query: string, id = 'a') => ({ id, type: 'subscribe', payload: { query } })
const bearer = (token: string) => ({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })
const repeat = (text: string, count: number) => text.repeat(count)

describe('a socket is closed', () => {
  it.each<[string, number, (raw: RawSocket) => void, RawSocketOptions?]>([
    ['that asks for no subprotocol', 4406, () => undefined, { protocol: null }],
    ['that says nothing', 4408, () => undefined],
    ['that pings and never begins', 4408, (raw) => raw.send({ type: 'ping' })],
    ['that subscribes before it begins', 4401, (raw) => raw.send(subscribe('{ __typename }'))],
    ['that begins twice', 4429, (raw) => [INIT, INIT].forEach((message) => raw.send(message))],
    ['with a token of nobody', 4403, (raw) => raw.send(bearer('ovs_nobody'))],
    ['with an empty token', 4403, (raw) => raw.send(bearer(''))],
    ['with a token that is no text', 4403, (raw) => raw.send({ ...INIT, payload: { authorization: 'Basic eDp5' } })],
    ['whose protocol is too old', 4426, (raw) => raw.send({ ...INIT, payload: { protocolVersion: 1 } })],
    ['that sends no JSON', 4400, (raw) => raw.send('hello')],
    ['that sends nothing at all', 4400, (raw) => raw.send('')],
    ['that sends a number', 4400, (raw) => raw.send('7')],
    ['that sends null', 4400, (raw) => raw.send('null')],
    ['that sends an unknown type', 4400, (raw) => raw.send({ type: 'hello' })],
    ['that sends deep nesting', 4400, (raw) => raw.send(repeat('[', 500_000))],
    ['that sends binary noise', 4400, (raw) => raw.send(Buffer.from([0xff, 0xfe, 0x00, 0x80]))],
    ['that speaks as a hub: ack', 4400, (raw) => raw.send({ type: 'connection_ack' })],
    ['that speaks as a hub: next', 4400, (raw) => raw.send({ type: 'next', id: 'a', payload: { data: {} } })],
    ['that speaks as a hub: error', 4400, (raw) => raw.send({ type: 'error', id: 'a', payload: [{ message: 'x' }] })],
    ['whose subscribe has no query', 4400, (raw) => raw.send({ id: 'a', type: 'subscribe', payload: {} })],
    ['whose query is no text', 4400, (raw) => raw.send({ id: 'a', type: 'subscribe', payload: { query: 7 } })],
    ['whose message is too long', 1009, (raw) => raw.send(repeat(' ', 1024 * 1024 + 1))],
  ])('%s: %i', async (_name, code, act, options) => {
    const raw = await openRawSocket(hub, options)
    act(raw)
    expect(await raw.closed).toMatchObject({ code })
  })

  it('that asks for another subprotocol: the upgrade is taken back', async () => {
    await expect(openRawSocket(hub, { protocol: 'graphql-ws' })).rejects.toThrow(/subprotocol/)
  })

  it('that uses one id twice at a time: 4409', async () => {
    const raw = await openReadySocket(hub, hub.ownerToken)
    raw.send(subscribe('subscription { websiteChanged { __typename } }'))
    raw.send(subscribe('{ __typename }'))
    expect(await raw.closed).toMatchObject({ code: 4409 })
  })
})

describe('a socket lives', () => {
  it.each([
    ['no document', 'hello {', 'GRAPHQL_PARSE_FAILED'],
    ['an empty document', '', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ secrets }', 'GRAPHQL_VALIDATION_FAILED'],
    ['tasks without a session', 'subscription { tasks { callbackId } }', 'UNAUTHENTICATED'],
  ])('after %s', async (_name, query, code) => {
    const raw = await openReadySocket(hub)
    raw.send(subscribe(query))
    const answer = await raw.next()
    expect(JSON.stringify(answer)).toContain(`"code":"${code}"`)
    raw.send(subscribe('{ __typename }', 'b'))
    let next = await raw.next()
    // A subscription that fails at its field ends with a message of its own.
    while (next.id === 'a') next = await raw.next()
    expect(next).toMatchObject({ id: 'b', type: 'next' })
    await raw.close()
  })

  it('and tells an owner, too, that tasks are not for them', async () => {
    const raw = await openReadySocket(hub, hub.ownerToken)
    raw.send(subscribe('subscription { tasks { callbackId } }'))
    expect(JSON.stringify(await raw.next())).toContain('"code":"UNAUTHENTICATED"')
    expect(raw.socket.readyState).toBe(raw.socket.OPEN)
    await raw.close()
  })

  it('but carries only so many operations at a time', async () => {
    const listeners = hub.parts.bus.listenerCount()
    const raw = await openReadySocket(hub, hub.ownerToken)
    for (let index = 0; index < 100; index++) {
      raw.send(subscribe('subscription { websiteChanged { __typename } }', String(index)))
    }
    raw.send(subscribe('{ __typename }', 'over'))
    const over = await raw.next()
    expect(over).toMatchObject({ id: 'over', type: 'error', payload: [{ extensions: { limit: 100 } }] })
    raw.send({ id: '7', type: 'complete' })
    raw.send(subscribe('{ __typename }', 'after'))
    expect(await raw.next()).toMatchObject({ id: 'after', type: 'next' })
    await raw.close()
    await eventually(() => expect(hub.parts.bus.listenerCount()).toBe(listeners))
  })
})

describe('a broken connection costs nobody else anything', () => {
  const upgrade = (path: string, more = '') =>
    `GET ${path} HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${more}\r\n`
  const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'

  it.each([
    ['an upgrade elsewhere', upgrade('/', key), '404'],
    ['an upgrade of no path', upgrade('//', key), '404'],
    ['an upgrade without a key', upgrade('/graphql'), '400'],
    ['an upgrade by another version', upgrade('/graphql', key.replace('13', '7')), '400'],
    ['an upgrade to something else', upgrade('/graphql', key).replace('websocket', 'h2c'), '400'],
    ['a request of no path', 'GET // HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n', '404'],
    ['a request of no host', 'GET http://[ HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n', '404'],
    ['no request', 'hello\r\n\r\n', '400'],
    ['a body too long', 'POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Length: 2000000\r\n\r\n', '413'],
  ])('%s is answered', async (_name, text, status) => {
    expect(await say(text)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })

  it.each([
    [
      'before its body',
      'POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
    ],
    ['in its head', 'POST /graphql HTTP/1.1\r\nHost'],
    ['after an upgrade', upgrade('/graphql', key)],
    ['in a frame', `${upgrade('/graphql', `${key}Sec-WebSocket-Protocol: graphql-transport-ws\r\n`)}\u0081`],
  ])('one is reset %s', async (_name, text) => {
    const socket = connect(hub.parts.settings.port, '127.0.0.1')
    await new Promise((resolve) => socket.write(text, resolve))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.resetAndDestroy()
    await closed
    expect(hub.errors).toEqual([])
  })
})

/** Resolves with what comes back until the hub closes. */
async function say(text: string): Promise<string> {
  const socket = connect(hub.parts.settings.port, '127.0.0.1')
  socket.write(text)
  let answer = ''
  for await (const chunk of socket) {
    answer += String(chunk)
    if (answer.includes('\r\n\r\n')) break
  }
  socket.destroy()
  return answer
}
