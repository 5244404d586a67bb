import { describe, expect, inject, it } from 'vitest'
import { TICK_REJECTIONS } from '../protocol/tick-rejections.js'
import { openRawSocket } from '../testing/raw-socket.js'
import { breakable } from '../testing/store-wrappers.js'
import { storedState } from '../testing/stored-state.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { balanceOf, joinHub, playRound, type TestMember } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import { answer, createWebsites, submitBatch, submitOne, type WireTask } from '../testing/test-validator.js'

/** Leaves no room for another lamport: the database refuses every row that would pay. */
async function fillBalance({ parts }: TestHub, { id }: TestMember): Promise<void> {
  await parts.store.prisma.validator.update({ where: { id }, data: { pendingPayouts: 2n ** 63n - 50n } })
}

async function startWithTasks(count: number, overrides: Parameters<typeof startTestHub>[1] = {}) {
  const hub = await startTestHub(inject('template'), overrides)
  await createWebsites(hub, count)
  const members = [await joinHub(hub), await joinHub(hub), await joinHub(hub)] as const
  const tasks = await playRound(hub, ...members)
  return { hub, members, tasks: tasks as [WireTask[], WireTask[], WireTask[]] }
}

describe('an answer that the database will not have', () => {
  it('stands alone: the others of its commit are stored, and its rivals are not taken for lost', async () => {
    const { hub, members, tasks } = await startWithTasks(4)
    const [poisoned, sound, alsoSound] = members
    await fillBalance(hub, poisoned)
    // The first submission commits alone; the rest wait for it and share the next commit.
    const results = await Promise.all([
      submitBatch(
        hub,
        sound,
        tasks[1].slice(0, 1).map((task) => ({ task })),
      ),
      submitBatch(
        hub,
        poisoned,
        [...tasks[0], ...tasks[0]].map((task) => ({ task })),
      ),
      submitBatch(
        hub,
        sound,
        tasks[1].slice(1).map((task) => ({ task })),
      ),
      submitBatch(
        hub,
        alsoSound,
        tasks[2].map((task) => ({ task })),
      ),
      submitOne(hub, poisoned, tasks[0][0] as WireTask, answer(tasks[0][0] as WireTask, { latencyUs: 1 })),
    ])
    expect(results.map(({ acceptedCount, rejected }) => [acceptedCount, rejected?.length])).toEqual([
      [1, 0],
      [0, 8],
      [3, 0],
      [4, 0],
      [undefined, undefined],
    ])
    for (const { reason, message } of [...(results[1]?.rejected ?? []), results[4]]) {
      expect([reason, message]).toEqual(['INVALID', expect.stringContaining('The database cannot hold')])
    }
    expect(await balanceOf(hub, sound)).toBe(400n)
    expect(await balanceOf(hub, alsoSound)).toBe(400n)
    expect(await balanceOf(hub, poisoned)).toBe(2n ** 63n - 50n)
    expect(await hub.parts.store.prisma.websiteTick.count()).toBe(8)
    await hub.close()
  })
})

describe('while the database is away', () => {
  it('answers are UNAVAILABLE and nothing is credited; sent again, they are stored once', async () => {
    const store = breakable(await openTestStore(inject('template')))
    const { hub, members, tasks } = await startWithTasks(2, { overrides: { store } })
    const [member] = members
    const [[task, next]] = tasks
    if (!task || !next) throw new Error('no task')
    const before = await storedState(store)
    store.away = true
    const unavailable = { reason: 'UNAVAILABLE', message: TICK_REJECTIONS.UNAVAILABLE }
    expect(await submitOne(hub, member, task)).toEqual({ __typename: 'TickRejected', ...unavailable })
    expect(await submitBatch(hub, member, [{ task }, { task: next }])).toEqual({
      __typename: 'TicksRejected',
      ...unavailable,
    })
    store.away = false
    expect(await storedState(store)).toEqual(before)
    expect(await submitBatch(hub, member, [{ task }, { task: next }])).toMatchObject({ acceptedCount: 2 })
    expect(await submitOne(hub, member, task)).toMatchObject({ __typename: 'SubmitTickSuccess' })
    expect(await balanceOf(hub, member)).toBe(200n)
    await hub.close()
  })

  it('a socket is asked to come back, as its token may be good', async () => {
    const store = breakable(await openTestStore(inject('template')))
    const { hub, members } = await startWithTasks(1, { overrides: { store } })
    store.away = true
    const raw = await openRawSocket(hub)
    raw.send({ type: 'connection_init', payload: { authorization: `Bearer ${members[0].sessionToken}` } })
    expect(await raw.closed).toMatchObject({ code: 1012 })
    store.away = false
    await hub.close()
  })

  it('a refusal that cannot be noted is told all the same', async () => {
    const whole = await openTestStore(inject('template'))
    const store = breakable(whole)
    // Only Prisma is away: answers are stored by plain SQL.
    const { hub, members, tasks } = await startWithTasks(2, {
      overrides: { store: { ...whole, prisma: store.prisma } },
    })
    const [member] = members
    const [[task, next]] = tasks
    if (!task || !next) throw new Error('no task')
    await submitOne(hub, member, task)
    store.away = true
    expect(
      await submitBatch(hub, member, [{ task, tick: answer(task, { latencyUs: 1 }) }, { task: next }]),
    ).toMatchObject({ acceptedCount: 1, rejected: [{ reason: 'CONFLICT' }] })
    store.away = false
    expect(hub.errors).toMatchObject([{ msg: 'a refusal could not be kept' }])
    await hub.close()
  })

  it('closed for good under a hub, it takes nothing and harms nothing', async () => {
    const { hub, members, tasks } = await startWithTasks(1)
    await hub.parts.store.close()
    const results = await Promise.all(
      members.map((member, index) => submitOne(hub, member, tasks[index]?.[0] as WireTask)),
    )
    expect(results.map(({ reason }) => reason)).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE'])
    await hub.close()
  })
})
