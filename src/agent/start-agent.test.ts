import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { batchStatement } from '../protocol/batch-statement.js'
import { DEFAULT_CHECK } from '../protocol/check.js'
import { checkHash } from '../protocol/check-statement.js'
import { createKeyPair } from '../protocol/sign-statement.js'
import { verifyStatement } from '../protocol/signature-gate.js'
import { signupStatement } from '../protocol/signup-statement.js'
import { formatInstant } from '../protocol/text-forms.js'
import { treeHash } from '../protocol/tree-hash.js'
import type { TickInput } from './client/graphql.js'
import type { AgentEvent } from './agent-event.js'
import type { AgentSettings } from './agent-settings.js'
import { createEagerClock } from './eager-clock.test-hub.js'
import type { ManualClock } from '../testing/manual-clock.js'
import type { HubTask, SocketPatience } from './open-socket.js'
import { SOCKET_PATIENCE } from './open-socket.js'
import { startScriptedHub } from './scripted.test-hub.js'
import type { HubScript, ScriptedHub, Submitted } from './scripted.test-hub.js'
import { startAgent } from './start-agent.js'
import type { Agent } from './start-agent.js'

const keys = createKeyPair()
const cleanups: (() => Promise<unknown>)[] = []
let clock: ManualClock
let hub: ScriptedHub

beforeEach(async () => {
  clock = createEagerClock()
  hub = await startScriptedHub(() => clock.now())
  cleanups.push(() => hub.close())
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

describe('the road of one tick', () => {
  test('signs up, takes a task, checks it and sends what it found, signed', async () => {
    const site = await startSite()
    const agent = start()
    const { input: signup } = await hub.next('SIGNUP')
    const said = { hub: hub.url, validator: keys.publicKey, ip: null, challenge: 'challenge-1' }
    expect(await verifyStatement(keys.publicKey, signupStatement(said), signup.signature)).toBeNull()
    await hub.next('TASKS')
    expect((await hub.next('CONNECT')).params).toEqual({ authorization: 'Bearer token-1', protocolVersion: 1 })

    hub.sendTasks([task('a', site.url), task('b', `${site.url}missing`)])
    const ticks: TickInput[] = []
    while (ticks.length < 2) {
      const { input } = await hub.next('SUBMIT')
      ticks.push(...input.ticks)
      const root = treeHash(input.ticks.map(({ leaf }) => Buffer.from(leaf ?? '', 'hex'))).toString('hex')
      const batch = batchStatement({ hub: hub.url, validator: keys.publicKey, count: input.ticks.length, root })
      expect(await verifyStatement(keys.publicKey, batch, input.signature)).toBeNull()
    }

    expect(ticks.map(({ status, failure, httpStatus }) => [status, failure, httpStatus]).toSorted()).toEqual([
      ['Bad', 'STATUS', 404],
      ['Good', null, 200],
    ])
    expect(ticks.every((tick) => tick.checkHash === checkHash(DEFAULT_CHECK))).toBe(true)
    expect(await agent.next('ROUND')).toMatchObject({
      roundAt: '2026-11-22T13:00:00.000Z',
      websites: 2,
      good: 1,
      bad: 1,
      accepted: 2,
      unsent: 0,
      unanswered: {},
      pendingPayouts: '5012',
    })
  })

  test('gives no answer for a target that its own policy refuses', async () => {
    const agent = start({ allowPrivateTargets: false })
    await hub.next('TASKS')
    hub.sendTasks([task('a', 'http://127.0.0.1:9/')])
    expect(await agent.next('TASK_UNANSWERED')).toMatchObject({ reason: 'PRIVATE_ADDRESS' })
    expect(await agent.next('ROUND')).toMatchObject({ websites: 1, bad: 0, unanswered: { PRIVATE_ADDRESS: 1 } })
    expect(hub.count('SUBMIT')).toBe(0)
  })

  test('gives no answer to a task with no time left', async () => {
    const agent = start()
    await hub.next('TASKS')
    hub.sendTasks([{ ...task('a', 'http://127.0.0.1:9/'), deadlineAt: formatInstant(clock.now() + 1200) }])
    expect(await agent.next('ROUND')).toMatchObject({ unanswered: { NO_TIME: 1 } })
  })

  test('answers a task that is sent twice only once', async () => {
    const site = await startSite()
    const agent = start()
    await hub.next('TASKS')
    hub.sendTasks([task('a', site.url)])
    hub.sendTasks([task('a', site.url), task('b', site.url)])
    expect(await agent.next('ROUND')).toMatchObject({ websites: 2, accepted: 2 })
  })

  test('keeps the rounds of a hub whose clock is another', async () => {
    const site = await startSite()
    const aheadMs = 90_000
    await hub.close()
    hub = await startScriptedHub(() => clock.now() + aheadMs)
    const agent = start()
    expect(await agent.next('CLOCK_OFF')).toMatchObject({ hubAheadMs: aheadMs })
    await hub.next('TASKS')
    hub.sendTasks([task('a', site.url, clock.now() + aheadMs)])
    expect(await agent.next('ROUND')).toMatchObject({ accepted: 1, unanswered: {} })
  })
})

describe('answers that the hub does not take', () => {
  test('are kept and sent again when it could not, the same answer each time', async () => {
    const agent = await answerOne({ kind: 'TicksRejected', reason: 'UNAVAILABLE', message: 'Try again.' })
    const first = await hub.next('SUBMIT')
    hub.script.submit = () => ({ kind: 'SubmitTicksSuccess', rejected: [] })
    expect(await hub.next('SUBMIT')).toEqual(first)
    expect(await agent.next('ROUND')).toMatchObject({ accepted: 1 })
  })

  test('are sent again over the next socket when the reply was lost', async () => {
    let isCut = false
    const agent = await answerOne(() => {
      if (isCut) return { kind: 'SubmitTicksSuccess', rejected: [] }
      isCut = true
      hub.cut()
      return new Promise(() => {})
    })
    const first = await hub.next('SUBMIT')
    expect(await hub.next('SUBMIT')).toEqual(first)
    expect(await agent.next('ROUND')).toMatchObject({ accepted: 1 })
  })

  test('are given up at their deadline', async () => {
    const agent = await answerOne(new Error('out of order'))
    await hub.next('SUBMIT')
    expect(await agent.next('ROUND')).toMatchObject({ accepted: 0, unsent: 1 })
  })

  test.each(['INVALID', 'BAD_SIGNATURE'] as const)('are not sent again when the whole batch is %s', async (reason) => {
    const agent = await answerOne({ kind: 'TicksRejected', reason, message: 'No.' })
    expect(await agent.next('TICK_REJECTED')).toMatchObject({ reason, message: 'No.' })
    expect(await agent.next('ROUND')).toMatchObject({ accepted: 0, rejected: { [reason]: 1 } })
    expect(hub.count('SUBMIT')).toBe(1)
  })

  test('are told once a round for each reason', async () => {
    const site = await startSite()
    hub.script.submit = ({ ticks }) => ({
      kind: 'SubmitTicksSuccess',
      rejected: ticks.map(({ callbackId }) => ({ callbackId, reason: 'LATE', message: 'Too late.' })),
    })
    const agent = start()
    await hub.next('TASKS')
    hub.sendTasks([task('a', site.url), task('b', site.url)])
    expect(await agent.next('ROUND')).toMatchObject({ rejected: { LATE: 2 } })
    expect(agent.events.filter(({ event }) => event === 'TICK_REJECTED')).toHaveLength(1)
  })
})

describe('the connection', () => {
  test('is tried again for ever when nothing listens', async () => {
    const { url } = hub
    await hub.close()
    const agent = start({ hub: url })
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const fault = await agent.next('DISCONNECTED')
      expect(fault).toMatchObject({ fault: 'UNREACHABLE', message: expect.stringContaining('Nothing listens') })
    }
    hub = await startScriptedHub(() => clock.now(), Number(new URL(url).port))
    await hub.next('TASKS')
  })

  test.each([
    [1001, 'RESTARTING'],
    [1012, 'RESTARTING'],
    [1000, 'RESTARTING'],
    [1011, 'BUSY'],
    [4429, 'BUSY'],
    [4499, 'UNREACHABLE'],
  ] as const)('comes back after close code %i', async (code, fault) => {
    const agent = start()
    await hub.next('TASKS')
    hub.closeSockets(code, 'because')
    expect(await agent.next('DISCONNECTED')).toMatchObject({ fault })
    await hub.next('TASKS')
    expect(hub.count('SIGNUP')).toBe(1)
  })

  test('comes back after it was cut', async () => {
    const agent = start()
    await hub.next('TASKS')
    hub.cut()
    expect(await agent.next('DISCONNECTED')).toMatchObject({ fault: 'UNREACHABLE' })
    await hub.next('TASKS')
  })

  test('is given up when the hub is silent, and made anew', async () => {
    const agent = start({}, { ...SOCKET_PATIENCE, pingEveryMs: 20, answerMs: 100 })
    await hub.next('TASKS')
    hub.freeze()
    expect(await agent.next('DISCONNECTED')).toMatchObject({ fault: 'UNREACHABLE' })
    await hub.next('TASKS')
  })

  test('signs up anew when the hub takes the session no more', async () => {
    const agent = start()
    await hub.next('TASKS')
    hub.script.connect = ({ authorization }) =>
      authorization === 'Bearer token-2' ? null : { code: 4403, reason: 'Forbidden' }
    hub.script.signup = withToken('token-2')
    hub.closeSockets(4403, 'Forbidden')
    expect(await agent.next('DISCONNECTED')).toMatchObject({ fault: 'SESSION_ENDED' })
    await hub.next('TASKS')
    expect(hub.count('SIGNUP')).toBe(2)
  })

  test('renews its session before it ends and keeps its socket', async () => {
    start()
    await hub.next('TASKS')
    hub.script.signup = withToken('token-2')
    clock.advance(0.79 * 24 * 60 * 60 * 1000)
    expect(hub.count('SIGNUP')).toBe(1)
    clock.advance(0.02 * 24 * 60 * 60 * 1000)
    await hub.next('SIGNUP')
    await hub.next('SIGNUP')
    expect(hub.count('CONNECT')).toBe(1)
  })

  test('waits long when the validator is banned', async () => {
    hub.script.signup = () => ({ __typename: 'SignupRefused', reason: 'BANNED', message: 'This key is banned.' })
    const agent = start()
    const told = await agent.next('DISCONNECTED')
    expect(told).toMatchObject({ fault: 'BANNED', message: expect.stringContaining('This key is banned.') })
    expect(told.retryInMs).toBeGreaterThanOrEqual(5 * 60_000)
  })

  test('waits very long when the protocol is too old, and says to upgrade', async () => {
    hub.script.connect = () => ({ code: 4426, reason: 'Version 2 is needed' })
    const agent = start()
    const told = await agent.next('DISCONNECTED')
    expect(told).toMatchObject({ fault: 'PROTOCOL_TOO_OLD', message: expect.stringContaining('Upgrade overlaps') })
    expect(told.retryInMs).toBeGreaterThanOrEqual(30 * 60_000)
  })

  test('waits as long as the hub asks', async () => {
    hub.script.http = (_, response) => {
      response.writeHead(429, { 'retry-after': '120' }).end()
      return true
    }
    const told = await start().next('DISCONNECTED')
    expect(told.fault).toBe('BUSY')
    expect(told.retryInMs).toBeGreaterThanOrEqual(120_000)
  })
})

describe('started wrongly', () => {
  test.each([
    ['a page', 200, { 'content-type': 'text/html' }, '<!doctype html>', 'NOT_A_HUB', 'is no hub (HTTP 200)'],
    ['nothing', 404, {}, 'not found', 'NOT_A_HUB', 'is no hub (HTTP 404)'],
    ['another JSON', 200, {}, '{"ok":true}', 'NOT_A_HUB', 'is no hub'],
    ['a redirect', 301, { location: 'https://hub.example/' }, '', 'WRONG_HUB', 'https://hub.example/'],
    ['a gateway without a hub', 502, {}, '', 'BUSY', 'HTTP 502'],
  ] as const)('tells of an address that answers with %s', async (_, status, headers, body, fault, words) => {
    hub.script.http = (_request, response) => {
      response.writeHead(status, headers).end(body)
      return true
    }
    expect(await start().next('DISCONNECTED')).toMatchObject({ fault, message: expect.stringContaining(words) })
  })

  test('tells of a hub that goes by another origin', async () => {
    hub.script.signup = () => ({ __typename: 'SignupRefused', reason: 'WRONG_HUB', message: 'This hub is not that.' })
    expect(await start().next('DISCONNECTED')).toMatchObject({
      fault: 'WRONG_HUB',
      message: expect.stringContaining(hub.url),
    })
  })
})

describe('stopping', () => {
  test('finishes the check that runs, sends its answer and leaves the rest', async () => {
    const site = await startSite('HELD')
    const agent = start()
    await hub.next('TASKS')
    hub.sendTasks([task('a', site.url), { ...task('b', site.url), startAfterMs: 20_000 }])
    await site.asked
    const closed = agent.close()
    await hub.next('TASKS_OVER')
    site.release()
    expect((await hub.next('SUBMIT')).input.ticks).toHaveLength(1)
    await closed
    expect(agent.events.at(-1)).toEqual({ event: 'STOPPED' })
    expect(await agent.next('ROUND')).toMatchObject({ accepted: 1, unanswered: { CALLED_OFF: 1 } })
    expect(clock.pendingCount()).toBe(0)
  })

  test('ends at once when asked again', async () => {
    const site = await startSite('HELD')
    const agent = start()
    await hub.next('TASKS')
    hub.sendTasks([task('a', site.url)])
    await site.asked
    const closed = agent.close()
    await agent.abort()
    await closed
    expect(hub.count('SUBMIT')).toBe(0)
    expect(clock.pendingCount()).toBe(0)
  })

  test('leaves while it waits for a hub that is not there', async () => {
    await hub.close()
    const agent = start()
    await agent.next('DISCONNECTED')
    await agent.close()
    expect(clock.pendingCount()).toBe(0)
  })
})

interface TestAgent extends Agent {
  events: AgentEvent[]
  /** The next event of a name that the test has not taken yet. */
  next<Name extends AgentEvent['event']>(name: Name): Promise<Extract<AgentEvent, { event: Name }>>
}

function start(changes: Partial<AgentSettings> = {}, patience: SocketPatience = SOCKET_PATIENCE): TestAgent {
  const settings: AgentSettings = {
    hub: hub.url,
    concurrency: 50,
    allowPrivateTargets: true,
    deniedHosts: [],
    self: { label: null, region: null },
    complaintsUrl: null,
    ...changes,
  }
  const events: AgentEvent[] = []
  const taken = new Set<AgentEvent>()
  const listeners: (() => void)[] = []
  const report = (event: AgentEvent) => {
    events.push(event)
    for (const listener of listeners.splice(0)) listener()
  }
  const agent = startAgent(settings, { clock, keys, report, random: () => 0.1, patience })
  cleanups.push(() => agent.abort())
  return {
    ...agent,
    events,
    async next<Name extends AgentEvent['event']>(name: Name) {
      for (;;) {
        const found = events.find((event) => event.event === name && !taken.has(event))
        if (found !== undefined) {
          taken.add(found)
          return found as Extract<AgentEvent, { event: Name }>
        }
        await new Promise<void>((resolve) => listeners.push(resolve))
      }
    },
  }
}

/** An agent with one answer for a hub that does with it as told. */
async function answerOne(submitted: Submitted | (() => Submitted | Promise<Submitted>)): Promise<TestAgent> {
  const site = await startSite()
  hub.script.submit = typeof submitted === 'function' ? submitted : () => submitted
  const agent = start()
  await hub.next('TASKS')
  hub.sendTasks([task('a', site.url)])
  return agent
}

function withToken(sessionToken: string): HubScript['signup'] {
  const { signup } = hub.script
  return (input) => ({ ...signup(input), sessionToken })
}

function task(name: string, url: string, roundAt = clock.now()): HubTask {
  return {
    callbackId: `callback-${name}`,
    websiteId: `website-${name}`,
    url,
    roundAt: formatInstant(roundAt),
    startAfterMs: 1000,
    deadlineAt: formatInstant(roundAt + 45_000),
    check: DEFAULT_CHECK,
  }
}

/** A website that is well but for `/missing`; a held one answers when it is released. */
async function startSite(manner: 'PROMPT' | 'HELD' = 'PROMPT') {
  let release = () => {}
  const released = manner === 'PROMPT' ? Promise.resolve() : new Promise<void>((resolve) => (release = resolve))
  const server = createServer((request, response) => {
    void released.then(() => response.writeHead(request.url === '/missing' ? 404 : 200).end('well'))
  })
  const asked = once(server, 'request')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanups.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked, release: () => release() }
}
