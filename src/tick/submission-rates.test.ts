import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { createKeyPair } from '../protocol/sign-statement.js'
import type { RateLimits } from '../rates.js'
import { TRANSPORTS } from '../testing/api/transports.js'
import { openReadySocket } from '../testing/raw-socket.js'
import { storedState } from '../testing/stored-state.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { balanceOf, joinHub, playRound, type TestMember } from '../testing/test-round.js'
import { answer, createWebsites, openTaskSocket, submitBatch, submitOne } from '../testing/test-validator.js'
import { WIDE_RATES } from '../testing/unlimited-rates.js'

let hub: TestHub
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-22T13:00:00.000Z') })
})
afterEach(async () => {
  vi.useRealTimers()
  await hub.close()
})

const start = async (rates: Partial<RateLimits>, websites = 4) => {
  hub = await startTestHub(inject('template'), { settings: { rates: { ...WIDE_RATES, ...rates } } })
  await createWebsites(hub, websites)
}
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)
const LIMITED = { reason: 'RATE_LIMITED', message: expect.stringContaining('wait 60 s') as string }
const all = (tasks: readonly Awaited<ReturnType<typeof playRound>>[number][number][]) => tasks.map((task) => ({ task }))

/** Somebody at the same address, with a key that never signed up. */
const stranger = () => ({ keys: createKeyPair() })

async function joinWithTasks(): Promise<[TestMember, Awaited<ReturnType<typeof playRound>>[number]]> {
  const member = await joinHub(hub)
  const [tasks = []] = await playRound(hub, member)
  return [member, tasks]
}

describe('submissions that nobody has signed', () => {
  it('are refused before they are verified, while a key that is known at the address gets through', async () => {
    await start({ BAD_SUBMISSIONS: 3 })
    const [member, [first, second, third, fourth]] = await joinWithTasks()
    if (!first || !second || !third || !fourth) throw new Error('no tasks')
    const signature = Buffer.alloc(64, 7).toString('base64')
    expect(await submitOne(hub, stranger(), first)).toMatchObject({ reason: 'NOT_YOURS' })
    expect(await submitBatch(hub, stranger(), all([first]), { signature })).toMatchObject({ reason: 'BAD_SIGNATURE' })
    // Well signed, by a key that anybody can make.
    expect(await submitBatch(hub, stranger(), all([first]))).toMatchObject({ acceptedCount: 0 })
    const before = await storedState(hub.parts.store)
    expect(await submitOne(hub, stranger(), first)).toMatchObject(LIMITED)
    expect(await submitBatch(hub, stranger(), all([first]))).toMatchObject(LIMITED)
    expect(await storedState(hub.parts.store)).toEqual(before)

    expect(await submitOne(hub, member, first)).toMatchObject({ tick: { status: 'Good' } })
    expect(await submitBatch(hub, member, all([second, third]))).toMatchObject({ acceptedCount: 2 })
    pass(60)
    expect(await submitOne(hub, stranger(), fourth)).toMatchObject({ reason: 'NOT_YOURS' })
  })

  it('in the name of a known key do not keep it from its work over its own session', async () => {
    await start({ BAD_SUBMISSIONS: 2 })
    const [member, [first, second]] = await joinWithTasks()
    if (!first || !second) throw new Error('no tasks')
    const forged = { signature: Buffer.alloc(64, 7).toString('base64') }
    for (const reason of ['BAD_SIGNATURE', 'BAD_SIGNATURE', 'RATE_LIMITED']) {
      expect(await submitOne(hub, member, first, answer(first), forged)).toMatchObject({ reason })
    }
    const own: TestHub = {
      ...hub,
      post: async (query, { variables = {} } = {}) =>
        (await TRANSPORTS.WebSocket(hub, query, { token: member.sessionToken, variables })) as never,
    }
    expect(await submitOne(own, member, first)).toMatchObject({ tick: { status: 'Good' } })
    expect(await submitBatch(own, member, all([second]))).toMatchObject({ acceptedCount: 1 })
  })
})

describe('ticks that a key has signed', () => {
  it('are never refused for being many while each answers a task', async () => {
    await start({ SPARE_TICKS_OF_KEY: 1, BAD_SUBMISSIONS: 1, ANONYMOUS_COST: 100 }, 12)
    const [member, tasks] = await joinWithTasks()
    while ((await hub.post('{ __typename }')).status !== 429);
    for (const task of tasks.slice(0, 8)) {
      expect(await submitOne(hub, member, task)).toMatchObject({ tick: { status: 'Good' } })
    }
    expect(await submitBatch(hub, member, all(tasks.slice(8)))).toMatchObject({ acceptedCount: tasks.length - 8 })
    expect(await balanceOf(hub, member)).toBe(BigInt(tasks.length) * hub.parts.settings.tickRewardLamports)
  })

  it('and answer none are counted on the key alone', async () => {
    await start({ SPARE_TICKS_OF_KEY: 3 })
    const [one, other] = [await joinHub(hub), await joinHub(hub)]
    const [tasks = [], others = []] = await playRound(hub, one, other)
    const [first, second, third] = tasks
    if (!first || !second || !third) throw new Error('no tasks')
    expect(await submitOne(hub, one, first)).toMatchObject({ tick: { status: 'Good' } })
    // A repeat, and an answer of another mind.
    expect(await submitBatch(hub, one, all([first]))).toMatchObject({ acceptedCount: 1 })
    const bad = answer(first, { status: 'Bad', failure: 'STATUS', httpStatus: 500 })
    expect(await submitOne(hub, one, first, bad)).toMatchObject({ reason: 'CONFLICT' })
    expect(await submitBatch(hub, one, all([first, second]))).toMatchObject({ acceptedCount: 2 })
    const before = await storedState(hub.parts.store)
    expect(await submitOne(hub, one, third)).toMatchObject(LIMITED)
    expect(await submitBatch(hub, one, all([third]))).toMatchObject(LIMITED)
    expect(await storedState(hub.parts.store)).toEqual(before)
    expect(await submitBatch(hub, other, all(others))).toMatchObject({ acceptedCount: others.length })
    pass(60)
    expect(await submitOne(hub, one, third)).toMatchObject({ tick: { status: 'Good' } })
  })
})

describe('subscriptions to tasks', () => {
  it('are counted on the key, and refused on a living socket', async () => {
    await start({ TASK_STREAMS_OF_KEY: 2 })
    const member = await joinHub(hub)
    await (await openTaskSocket(hub, member.sessionToken)).close()
    const raw = await openReadySocket(hub, member.sessionToken)
    raw.send({ id: 'a', type: 'subscribe', payload: { query: 'subscription { tasks { callbackId } }' } })
    const extensions = { code: 'RATE_LIMITED', retryAfter: 60 }
    expect(await raw.next()).toMatchObject({ id: 'a', type: 'error', payload: [{ extensions }] })
    raw.send({ type: 'ping' })
    expect(await raw.next()).toEqual({ type: 'pong' })
    await raw.close()
    await joinHub(hub)
  })
})
