import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { HEADERS_MAX_BYTES, HEADERS_MS, KEEP_ALIVE_MS, REQUEST_MS, SESSIONLESS_SOCKETS_MAX } from '../limits.js'
import type { Settings } from '../settings.js'
import { openRawSocket, openReadySocket } from '../testing/raw-socket.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { signUp } from '../testing/test-validator.js'
import { boundConnections } from './bound-connections.js'
import { listen, portOf } from './listen.js'
import { createQuota } from './quota.js'
import { eventually } from '../testing/eventually.js'

let hub: TestHub | null = null
const open: Socket[] = []
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy()
  await hub?.close()
  hub = null
})

async function start(settings: Partial<Settings> = {}): Promise<TestHub> {
  hub = await startTestHub(inject('template'), { settings })
  return hub
}

/** Resolves once the other side has reacted. */
async function dial(port: number, text: string): Promise<'ANSWERED' | 'CUT_OFF'> {
  const socket = connect(port, '127.0.0.1')
  open.push(socket)
  socket.on('error', () => undefined)
  socket.write(text)
  return new Promise((resolve) => {
    socket.once('data', () => resolve('ANSWERED'))
    socket.once('close', () => resolve('CUT_OFF'))
  })
}

const GET = 'GET /healthz HTTP/1.1\r\nHost: hub\r\n\r\n'
/** As a proxy says. */
const headers = (address: string) => ({ 'x-forwarded-for': address })

describe('sockets without a token', () => {
  it(`are at most ${SESSIONLESS_SOCKETS_MAX} of an address; those with one are not among them`, async () => {
    const running = await start({ trustProxy: 1 })
    const other = await signUp(running)
    const from = (address: string) => ({ headers: headers(address) })
    const silent = await openRawSocket(running, from('203.0.113.1'))
    const anonymous = await openReadySocket(running, undefined, from('203.0.113.1'))
    const rest = await Promise.all(
      Array.from({ length: SESSIONLESS_SOCKETS_MAX - 2 }, () => openRawSocket(running, from('203.0.113.1'))),
    )
    await expect(openRawSocket(running, from('203.0.113.1'))).rejects.toThrow(/429/)
    await (await openReadySocket(running, other.sessionToken, from('203.0.113.2'))).close()

    await silent.close()
    const members = []
    for (let index = 0; index < 3; index++) {
      members.push(await eventually(() => openReadySocket(running, other.sessionToken, from('203.0.113.1'))))
    }
    await Promise.all([...members, anonymous, ...rest].map((raw) => raw.close()))
    await eventually(async () => (await openRawSocket(running, from('203.0.113.1'))).close())
  })
})

describe('the address of a session', () => {
  it.each([
    [null, '127.0.0.1'],
    [1, '203.0.113.7'],
    [['loopback'], '203.0.113.7'],
    [['10.0.0.0/8'], '127.0.0.1'],
  ])('is what believed proxies say, with OVERLAPS_TRUST_PROXY=%j', async (trustProxy, address) => {
    const running = await start({ trustProxy })
    const { sessionToken, id } = await signUp(running)
    const raw = await openReadySocket(running, sessionToken, { headers: headers('192.0.2.66, 203.0.113.7') })
    raw.send({ id: 'a', type: 'subscribe', payload: { query: 'subscription { tasks { callbackId } }' } })
    await eventually(() => expect(running.parts.sessions.find(id)?.address).toBe(address))
    await raw.close()
  })
})

describe('connections', () => {
  it('are bounded in all', async () => {
    const server = await listen('127.0.0.1', 0, (_request, response) => response.end())
    boundConnections(server, { most: 3, mostOfAddress: 10, isExempt: () => false })
    const outcomes = []
    for (let index = 0; index < 5; index++) outcomes.push(await dial(portOf(server), GET))
    expect(outcomes).toEqual(['ANSWERED', 'ANSWERED', 'ANSWERED', 'CUT_OFF', 'CUT_OFF'])
    server.closeAllConnections()
    server.close()
  })

  it('are bounded by address, but for those of believed proxies', async () => {
    const server = await listen('127.0.0.1', 0, (_request, response) => response.end())
    let isProxy = false
    boundConnections(server, { most: 100, mostOfAddress: 2, isExempt: () => isProxy })
    const outcomes = []
    for (let index = 0; index < 3; index++) outcomes.push(await dial(portOf(server), GET))
    expect(outcomes).toEqual(['ANSWERED', 'ANSWERED', 'CUT_OFF'])
    isProxy = true
    expect(await dial(portOf(server), GET)).toBe('ANSWERED')
    isProxy = false
    open[0]?.destroy()
    await eventually(async () => expect(await dial(portOf(server), GET)).toBe('ANSWERED'))
    server.closeAllConnections()
    server.close()
  })

  it('have so long for a head, for a request and between two', async () => {
    const server = await listen('127.0.0.1', 0, (_request, response) => response.end())
    expect(server).toMatchObject({
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    })
    server.close()
  })

  it('whose heads are too large are answered with 431', async () => {
    const { url } = await start()
    const response = await fetch(`${url}/healthz`, { headers: { 'x-large': 'x'.repeat(HEADERS_MAX_BYTES) } })
    expect(response.status).toBe(431)
  })
})

it('a quota forgets who has nothing any more', () => {
  const quota = createQuota(1)
  const leave = quota.enter('a')
  expect(quota.enter('a')).toBeNull()
  leave?.()
  leave?.()
  expect(quota.size()).toBe(0)
  expect(quota.enter('a')).not.toBeNull()
  expect(quota.enter('a')).toBeNull()
})
