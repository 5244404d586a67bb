import { describe, expect, test } from 'vitest'

import { SOCKET_PATIENCE } from './open-hub-socket.js'
import { useWorld } from '../../testing/agent/world.js'

const world = useWorld()

describe('the connection', () => {
  test('is tried again for ever when nothing listens', async () => {
    const { url } = world.hub
    await world.hub.close()
    const agent = world.start({ hub: url })
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const fault = await agent.next('DISCONNECTED')
      expect(fault).toMatchObject({ fault: 'UNREACHABLE', message: expect.stringContaining('Nothing listens') })
    }
    await world.replaceHub(() => world.clock.now(), Number(new URL(url).port))
    await world.hub.next('TASKS')
  })

  test('is tried soon at a hub that is just starting, however long it was away', async () => {
    const { url } = world.hub
    await world.hub.close()
    const agent = world.start({ hub: url })
    for (let attempt = 0; attempt < 6; attempt += 1) await agent.next('DISCONNECTED')
    await world.replaceHub(() => world.clock.now(), Number(new URL(url).port))
    world.hub.script.http = (_, response) => {
      response.writeHead(503, { 'retry-after': '1' }).end()
      return true
    }
    let told = await agent.next('DISCONNECTED')
    while (told.fault === 'UNREACHABLE') told = await agent.next('DISCONNECTED')
    expect(told).toMatchObject({ fault: 'BUSY', retryInMs: 2400 })
  })

  test.each([
    [1001, 'RESTARTING'],
    [1012, 'RESTARTING'],
    [1000, 'RESTARTING'],
    [1011, 'BUSY'],
    [4429, 'BUSY'],
    [4499, 'UNREACHABLE'],
  ] as const)('comes back after close code %i', async (code, fault) => {
    const agent = world.start()
    await world.hub.next('TASKS')
    world.hub.closeSockets(code, 'because')
    expect(await agent.next('DISCONNECTED')).toMatchObject({ fault })
    await world.hub.next('TASKS')
    expect(world.hub.count('SIGNUP')).toBe(1)
  })

  test('comes back after it was cut', async () => {
    const agent = world.start()
    await world.hub.next('TASKS')
    world.hub.cut()
    expect(await agent.next('DISCONNECTED')).toMatchObject({ fault: 'UNREACHABLE' })
    await world.hub.next('TASKS')
  })

  test('is given up when the hub is silent, and made anew', async () => {
    const agent = world.start({}, { patience: { ...SOCKET_PATIENCE, pingEveryMs: 20, answerMs: 100 } })
    await world.hub.next('TASKS')
    world.hub.freeze()
    expect(await agent.next('DISCONNECTED')).toMatchObject({ fault: 'UNREACHABLE' })
    await world.hub.next('TASKS')
  })

  test('is given up when no pong comes, whatever else came after the ping', async () => {
    world.hub.script.pongs = false
    const agent = world.start({}, { patience: { ...SOCKET_PATIENCE, pingEveryMs: 20, answerMs: 500 } })
    await world.hub.next('TASKS')
    await world.hub.next('PING')
    world.hub.sendTasks([])
    expect(await agent.next('DISCONNECTED')).toMatchObject({ fault: 'UNREACHABLE' })
  })

  test('signs up anew when the hub takes the session no more', async () => {
    const agent = world.start()
    await world.hub.next('TASKS')
    world.hub.script.connect = ({ authorization }) =>
      authorization === 'Bearer token-2' ? null : { code: 4403, reason: 'Forbidden' }
    world.hub.script.signup = world.withToken('token-2')
    world.hub.closeSockets(4403, 'Forbidden')
    expect(await agent.next('DISCONNECTED')).toMatchObject({ fault: 'SESSION_ENDED' })
    await world.hub.next('TASKS')
    expect(world.hub.count('SIGNUP')).toBe(2)
  })

  test('renews its session before it ends and keeps its socket', async () => {
    world.start()
    await world.hub.next('TASKS')
    world.hub.script.signup = world.withToken('token-2')
    world.clock.advance(0.79 * 24 * 60 * 60 * 1000)
    expect(world.hub.count('SIGNUP')).toBe(1)
    world.clock.advance(0.02 * 24 * 60 * 60 * 1000)
    await world.hub.next('SIGNUP')
    await world.hub.next('SIGNUP')
    expect(world.hub.count('CONNECT')).toBe(1)
  })

  test('waits long when the validator is banned', async () => {
    world.hub.script.signup = () => ({ __typename: 'SignupRefused', reason: 'BANNED', message: 'This key is banned.' })
    const agent = world.start()
    const told = await agent.next('DISCONNECTED')
    expect(told).toMatchObject({ fault: 'BANNED', message: expect.stringContaining('This key is banned.') })
    expect(told.retryInMs).toBeGreaterThanOrEqual(5 * 60_000)
  })

  test('tries again soon when its network has keys enough, and says whose doing that is', async () => {
    const message = 'Your key is sound, but at most 2 of one network may take part here: wait.'
    world.hub.script.signup = () => ({ __typename: 'SignupRefused', reason: 'RATE_LIMITED', message })
    const agent = world.start()
    const told = await agent.next('DISCONNECTED')
    expect(told).toMatchObject({ fault: 'BUSY', message: `The hub refuses the signup (RATE_LIMITED): ${message}` })
    expect(told.retryInMs).toBeLessThan(2 * 60_000)
    world.clock.advance(told.retryInMs)
    expect((await agent.next('DISCONNECTED')).message).toBe(told.message)
  })

  test('waits very long when the protocol is too old, and says to upgrade', async () => {
    world.hub.script.connect = () => ({ code: 4426, reason: 'Version 2 is needed' })
    const agent = world.start()
    const told = await agent.next('DISCONNECTED')
    expect(told).toMatchObject({ fault: 'PROTOCOL_TOO_OLD', message: expect.stringContaining('Upgrade overlaps') })
    expect(told.retryInMs).toBeGreaterThanOrEqual(30 * 60_000)
  })

  test('waits as long as the hub asks', async () => {
    world.hub.script.http = (_, response) => {
      response.writeHead(429, { 'retry-after': '120' }).end()
      return true
    }
    const told = await world.start().next('DISCONNECTED')
    expect(told.fault).toBe('BUSY')
    expect(told.retryInMs).toBeGreaterThanOrEqual(120_000)
  })
})

describe('started wrongly', () => {
  test.each([
    ['a page', 200, { 'content-type': 'text/html' }, '<!doctype html>', 'NOT_A_HUB', 'is not a hub (HTTP 200)'],
    ['nothing', 404, {}, 'not found', 'NOT_A_HUB', 'is not a hub (HTTP 404)'],
    ['another JSON', 200, {}, '{"ok":true}', 'NOT_A_HUB', 'is not a hub'],
    ['a redirect', 301, { location: 'https://world.hub.example/' }, '', 'WRONG_HUB', 'https://world.hub.example/'],
    ['a gateway without a hub', 502, {}, '', 'BUSY', 'HTTP 502'],
  ] as const)('tells of an address that answers with %s', async (_, status, headers, body, fault, words) => {
    world.hub.script.http = (_request, response) => {
      response.writeHead(status, headers).end(body)
      return true
    }
    expect(await world.start().next('DISCONNECTED')).toMatchObject({ fault, message: expect.stringContaining(words) })
  })

  test('tells of a hub that goes by another origin', async () => {
    world.hub.script.signup = () => ({
      __typename: 'SignupRefused',
      reason: 'WRONG_HUB',
      message: 'This hub is not that.',
    })
    expect(await world.start().next('DISCONNECTED')).toMatchObject({
      fault: 'WRONG_HUB',
      message: expect.stringContaining(world.hub.url),
    })
  })
})
