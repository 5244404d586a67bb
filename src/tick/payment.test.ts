import { describe, expect, inject, it } from 'vitest'
import { startTestHub } from '../testing/test-hub.js'
import { keptOpen } from '../testing/store-wrappers.js'
import { balanceOf, joinHub, playOneTask, playRound } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import {
  answer,
  createWebsites,
  submitBatch,
  submitOne,
  type TestValidator,
  type WireTask,
} from '../testing/test-validator.js'

describe('pendingPayouts', () => {
  it('is ticks × reward, exactly, under 20 validators that repeat themselves at once', async () => {
    const hub = await startTestHub(inject('template'), { settings: { tickRewardLamports: 7n } })
    await createWebsites(hub, 5)
    const members = await Promise.all(Array.from({ length: 20 }, () => joinHub(hub)))
    for (let round = 0; round < 2; round++) {
      const tasks = await playRound(hub, ...members)
      const submissions = members.flatMap((member, index) => {
        const mine = (tasks[index] ?? []).map((task) => ({ task }))
        const reversed = mine.toReversed()
        return [
          () => submitBatch(hub, member, mine),
          () => submitBatch(hub, member, reversed),
          ...mine.map(
            ({ task }) =>
              () =>
                submitOne(hub, member, task),
          ),
          () => submitBatch(hub, member, [...mine.slice(2), ...mine.slice(0, 3)]),
        ]
      })
      const results = await Promise.all(submissions.map((submit) => submit()))
      expect(results.filter(({ reason, rejected = [] }) => reason !== undefined || rejected.length > 0)).toEqual([])
    }
    for (const member of members) expect(await balanceOf(hub, member)).toBe(5n * 2n * 7n)
    expect(await hub.parts.store.prisma.websiteTick.count()).toBe(20 * 5 * 2)
    expect(hub.errors).toEqual([])
    await hub.close()
  })

  it('is exact beyond 2^53', async () => {
    const tickRewardLamports = 9_007_199_254_740_993n
    const hub = await startTestHub(inject('template'), { settings: { tickRewardLamports } })
    await createWebsites(hub, 3)
    const member = await joinHub(hub)
    const [tasks = []] = await playRound(hub, member)
    await submitBatch(
      hub,
      member,
      tasks.map((task) => ({ task })),
    )
    const [task] = await playOneTask(hub, member)
    if (!task) throw new Error('no task')
    expect(await submitOne(hub, member, task)).toMatchObject({
      tick: { validator: { pendingPayouts: (4n * tickRewardLamports).toString() } },
    })
    expect(await balanceOf(hub, member)).toBe(4n * tickRewardLamports)
    await hub.close()
  })

  it('takes one of two answers that race, on one hub and on two', async () => {
    const store = await openTestStore(inject('template'))
    const overrides = { store: keptOpen(store) }
    const first = await startTestHub(inject('template'), { overrides })
    const second = await startTestHub(inject('template'), { overrides, settings: { origins: [first.url] } })
    await createWebsites(first, 1)
    const member = await joinHub(first)
    let earned = 0n
    for (const [left, right] of [
      [first, first],
      [first, second],
    ] as const) {
      const [task] = await playOneTask(first, member)
      if (!task) throw new Error('no task')
      const send = (hub: typeof first, latencyUs: number) =>
        submitOne({ ...first, post: hub.post }, member, task, answer(task, { latencyUs }))
      second.clock.moveTo(first.clock.now())
      const results = await Promise.all([1, 2, 1, 2, 1, 2].map((us, index) => send(index % 2 === 0 ? left : right, us)))
      earned += 100n
      expect(await balanceOf(first, member)).toBe(earned)
      const [winner] = await store.prisma.websiteTick.findMany({ where: { roundAt: new Date(task.roundAt) } })
      for (const [index, { reason }] of results.entries()) {
        expect(reason).toBe([1, 2, 1, 2, 1, 2][index] === winner?.latencyUs ? undefined : 'CONFLICT')
      }
    }
    await first.close()
    await second.close()
    await store.close()
  })

  it('rises by what each round was recorded with, whichever hub takes the answer', async () => {
    const store = await openTestStore(inject('template'))
    const overrides = { store: keptOpen(store) }
    const first = await startTestHub(inject('template'), { overrides, settings: { tickRewardLamports: 7n } })
    const second = await startTestHub(inject('template'), {
      overrides,
      settings: { tickRewardLamports: 1_000n, origins: [first.url] },
    })
    await createWebsites(first, 2)
    const member = await joinHub(first)
    const submit = (hub: typeof first, tasks: readonly WireTask[]) => {
      second.clock.moveTo(first.clock.now())
      return submitBatch(
        { ...first, post: hub.post },
        member,
        tasks.map((task) => ({ task })),
      )
    }
    const [[ofFirst, kept] = []] = await playRound(first, member)
    first.clock.advance(10_000)
    second.clock.moveTo(first.clock.now())
    // The second hub is first here: what it pays is what both pay.
    await second.startRound(second.clock.now())
    await first.startRound(first.clock.now())
    const ofSecond = await member.socket.next()
    if (!ofFirst || !kept) throw new Error('no tasks')
    expect(await store.prisma.round.findMany({ orderBy: { roundAt: 'asc' } })).toMatchObject([
      { rewardRule: 'flat-v1', rewardLamports: 7n },
      { rewardRule: 'flat-v1', rewardLamports: 1_000n },
    ])
    expect(await submit(second, [ofFirst])).toMatchObject({ acceptedCount: 1 })
    expect(await balanceOf(first, member)).toBe(7n)
    expect(await submit(first, [kept, ...ofSecond])).toMatchObject({ acceptedCount: 3 })
    expect(await balanceOf(first, member)).toBe(2n * 7n + 2n * 1_000n)
    const { data } = await first.post('{ rounds(first: 2) { edges { node { kind rewardRule rewardLamports } } } }', {
      token: first.operatorToken,
    })
    expect(data).toMatchObject({
      rounds: {
        edges: [
          { node: { kind: 'SCHEDULED', rewardRule: 'flat-v1', rewardLamports: '1000' } },
          { node: { kind: 'SCHEDULED', rewardRule: 'flat-v1', rewardLamports: '7' } },
        ],
      },
    })
    await first.close()
    await second.close()
    await store.close()
  })

  it("rises by the hub's own setting for a round of a version that did not record what it pays", async () => {
    const hub = await startTestHub(inject('template'), { settings: { tickRewardLamports: 7n } })
    await createWebsites(hub, 1)
    const member = await joinHub(hub)
    const [task] = await playOneTask(hub, member)
    if (!task) throw new Error('no task')
    await hub.parts.store.prisma.round.updateMany({ data: { rewardRule: null, rewardLamports: null } })
    expect(await submitOne(hub, member, task)).toMatchObject({ tick: { validator: { pendingPayouts: '7' } } })
    const { data } = await hub.post('{ rounds(first: 1) { edges { node { rewardRule rewardLamports } } } }', {
      token: hub.operatorToken,
    })
    expect(data).toMatchObject({ rounds: { edges: [{ node: { rewardRule: null, rewardLamports: null } }] } })
    await hub.close()
  })

  it('is not touched by answers that race with their own refusal', async () => {
    const hub = await startTestHub(inject('template'))
    await createWebsites(hub, 1)
    const members = await Promise.all([joinHub(hub), joinHub(hub)])
    const tasks = await playOneTask(hub, ...members)
    const [a, b] = members as [TestValidator, TestValidator]
    const [mine, others] = tasks as [WireTask, WireTask]
    const results = await Promise.all([
      submitOne(hub, a, others),
      submitOne(hub, b, mine),
      submitOne(hub, a, mine, answer(mine), { publicKey: b.keys.publicKey }),
      submitOne(hub, b, others, answer(others), { publicKey: a.keys.publicKey }),
    ])
    expect(results.map(({ reason }) => reason)).toEqual(['NOT_YOURS', 'NOT_YOURS', 'NOT_YOURS', 'NOT_YOURS'])
    expect([await balanceOf(hub, a), await balanceOf(hub, b)]).toEqual([0n, 0n])
    await hub.close()
  })
})
