import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { batchStatement } from '../protocol/batch-statement.js'
import { createKeyPair, signStatement } from '../protocol/sign-statement.js'
import { TICK_REJECTIONS } from '../protocol/tick-rejections.js'
import { leafHash, treeHash } from '../protocol/tree-hash.js'
import { storedState } from '../testing/stored-state.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { balanceOf, banValidator, joinHub, playRound, type TestMember } from '../testing/test-round.js'
import {
  answer,
  createWebsites,
  statementOf,
  submitBatch,
  submitOne,
  type WireTask,
  type WireTick,
} from '../testing/test-validator.js'

let hub: TestHub
let member: TestMember
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  await createWebsites(hub, 4)
  member = await joinHub(hub)
})
afterAll(() => hub.close())

const stored = () => storedState(hub.parts.store)
const ticksStored = () => hub.parts.store.prisma.websiteTick.count()

async function tasks(): Promise<[WireTask, WireTask, WireTask, WireTask]> {
  const [mine] = await playRound(hub, member)
  return mine as [WireTask, WireTask, WireTask, WireTask]
}

describe('submitTicks', () => {
  it('refuses alone an answer whose leaf differs, and stores the others', async () => {
    const [a, b, c, d] = await tasks()
    const before = await ticksStored()
    const result = await submitBatch(hub, member, [{ task: a }, { task: b }, { task: c }, { task: d }], {
      change: (ticks) => {
        Object.assign(ticks[1] ?? {}, { latencyUs: 1 })
        Object.assign(ticks[3] ?? {}, { status: 'Bad', failure: 'STATUS' })
      },
    })
    const refusal = { reason: 'BAD_SIGNATURE', message: TICK_REJECTIONS.BAD_SIGNATURE }
    expect(result).toEqual({
      __typename: 'SubmitTicksSuccess',
      acceptedCount: 2,
      rejected: [
        { callbackId: b.callbackId, ...refusal },
        { callbackId: d.callbackId, ...refusal },
      ],
    })
    expect(await ticksStored()).toBe(before + 2)
    // Nothing is used up by the refusal.
    expect(await submitBatch(hub, member, [{ task: b }, { task: d }])).toMatchObject({ acceptedCount: 2, rejected: [] })
  })

  it('names each refusal in the order sent, by the callback ID as it was sent', async () => {
    const other = await joinHub(hub)
    const [[a, b, c, d] = [], [foreign] = []] = await playRound(hub, member, other)
    if (!a || !b || !c || !d || !foreign) throw new Error('no task')
    await submitOne(hub, member, b, answer(b, { latencyUs: 5 }))
    const result = await submitBatch(hub, member, [
      { task: a, tick: answer(a, { failure: 'DNS' }) },
      { task: b },
      { task: foreign },
      { task: c, tick: { ...answer(c), callbackId: 'x' } },
      { task: d },
      { task: d, tick: { ...answer(d), checkHash: '0'.repeat(64) } },
    ])
    expect(result.acceptedCount).toBe(1)
    expect(result.rejected?.map(({ callbackId, reason }) => [callbackId, reason])).toEqual([
      [a.callbackId, 'INVALID'],
      [b.callbackId, 'CONFLICT'],
      [foreign.callbackId, 'NOT_YOURS'],
      ['x', 'UNKNOWN_CALLBACK'],
      [d.callbackId, 'INVALID'],
    ])
    expect(await balanceOf(hub, other)).toBe(0n)
    await other.socket.close()
  })

  it('lets the first of two for one callback count', async () => {
    const [a, b] = await tasks()
    const before = await balanceOf(hub, member)
    const result = await submitBatch(hub, member, [
      { task: a, tick: answer(a, { latencyUs: 11 }) },
      { task: a, tick: answer(a, { latencyUs: 11 }) },
      { task: b },
      { task: a, tick: answer(a, { latencyUs: 12 }) },
    ])
    expect(result).toMatchObject({
      acceptedCount: 3,
      rejected: [{ callbackId: a.callbackId, reason: 'CONFLICT', message: TICK_REJECTIONS.CONFLICT }],
    })
    expect(await balanceOf(hub, member)).toBe(before + 200n)
    const roundAt = new Date(a.roundAt)
    expect(
      await hub.parts.store.prisma.websiteTick.findMany({ where: { roundAt, latencyUs: { in: [11, 12] } } }),
    ).toMatchObject([{ latencyUs: 11, leafIndex: 0 }])
  })

  it('lets a sound second count when the first was refused before it was stored', async () => {
    const [a] = await tasks()
    const result = await submitBatch(hub, member, [{ task: a, tick: answer(a, { failure: 'DNS' }) }, { task: a }])
    expect(result).toMatchObject({ acceptedCount: 1, rejected: [{ reason: 'INVALID' }] })
  })

  it('takes a repeat for the success that it was, whatever carried it first, also after the deadline', async () => {
    const [a, b, c] = await tasks()
    await submitOne(hub, member, a)
    await submitBatch(hub, member, [{ task: b }])
    const before = await stored()
    for (const moveOn of [0, 45_001, 3_000_000]) {
      hub.clock.advance(moveOn)
      expect(await submitBatch(hub, member, [{ task: b }, { task: a }])).toMatchObject({
        acceptedCount: 2,
        rejected: [],
      })
      expect(await submitOne(hub, member, b)).toMatchObject({ __typename: 'SubmitTickSuccess' })
      expect(await submitOne(hub, member, a, answer(a, { latencyUs: 1 }))).toMatchObject({ reason: 'CONFLICT' })
    }
    expect(await submitBatch(hub, member, [{ task: a }, { task: c }])).toMatchObject({
      acceptedCount: 1,
      rejected: [{ callbackId: c.callbackId, reason: 'LATE' }],
    })
    expect(await stored()).toEqual(before)
  })

  it('takes answers of two rounds in one batch, the late one refused alone', async () => {
    const [old] = await tasks()
    const [, recent] = await tasks()
    const result = await submitBatch(hub, member, [{ task: recent }, { task: old }])
    expect(result).toMatchObject({ acceptedCount: 1, rejected: [{ callbackId: old.callbackId, reason: 'LATE' }] })
  })

  it('takes 500 answers, and a repeat of them changes nothing', async () => {
    const [a, b, c, d] = await tasks()
    const answers = Array.from({ length: 500 }, (_, index) => ({ task: [a, b, c, d][index % 4] ?? a }))
    expect(await submitBatch(hub, member, answers)).toEqual({
      __typename: 'SubmitTicksSuccess',
      acceptedCount: 500,
      rejected: [],
    })
    const before = await stored()
    expect(await submitBatch(hub, member, answers)).toMatchObject({ acceptedCount: 500 })
    expect(await stored()).toEqual(before)
  })
})

describe('submitTicks refuses the whole of', () => {
  const refusedWhole = async (submit: () => ReturnType<typeof submitBatch>) => {
    const before = await stored()
    const result = await submit()
    expect(await stored()).toEqual(before)
    expect(hub.errors).toEqual([])
    return result
  }

  it.each([0, 501])('a batch of %i', async (count) => {
    const [task] = await tasks()
    const answers = Array.from({ length: count }, () => ({ task }))
    expect(await refusedWhole(() => submitBatch(hub, member, answers))).toMatchObject({
      __typename: 'TicksRejected',
      reason: 'INVALID',
      message: expect.stringContaining(`and this one holds ${count}.`) as string,
    })
  })

  it.each<[string, (ticks: WireTick[]) => void]>([
    ['whose leaves stand in another order', (ticks) => void ticks.push(...ticks.splice(0, 1))],
    ['that lacks the last answer', (ticks) => void ticks.pop()],
    ['that repeats the last answer', (ticks) => void ticks.push(...ticks.slice(-1))],
    [
      'with a leaf of its own making',
      (ticks) => Object.assign(ticks[0] ?? {}, { leaf: randomBytes(32).toString('hex') }),
    ],
    [
      'with a node of its tree for two leaves',
      (ticks) => {
        const node = treeHash(ticks.slice(0, 2).map(({ leaf = '' }) => Buffer.from(leaf, 'hex'))).toString('hex')
        ticks.splice(0, 2, ...ticks.slice(0, 1).map((tick) => ({ ...tick, leaf: node })))
      },
    ],
  ])('a batch %s', async (_name, change) => {
    const [a, b, c] = await tasks()
    const submit = () => submitBatch(hub, member, [{ task: a }, { task: b }, { task: c }], { change })
    expect(await refusedWhole(submit)).toEqual({
      __typename: 'TicksRejected',
      reason: 'BAD_SIGNATURE',
      message: TICK_REJECTIONS.BAD_SIGNATURE,
    })
    expect(await submitBatch(hub, member, [{ task: a }, { task: b }, { task: c }])).toMatchObject({ acceptedCount: 3 })
  })

  it.each<[string, string | undefined]>([
    ['no leaf', undefined],
    ['a leaf in capitals', 'A'.repeat(64)],
    ['a short leaf', 'ab'],
  ])('a batch in which an answer has %s', async (_name, leaf) => {
    const [a, b] = await tasks()
    const submit = () =>
      submitBatch(hub, member, [{ task: a }, { task: b }], {
        change: ([, second]) => Object.assign(second ?? {}, { leaf }),
      })
    expect(await refusedWhole(submit)).toMatchObject({
      reason: 'INVALID',
      message: expect.stringMatching(/^ticks\[1\]\.leaf must/) as string,
    })
  })

  it('a batch that another key signed, or for another hub', async () => {
    const [task] = await tasks()
    const signature = signStatement(createKeyPair(), 'anything')
    for (const [overrides, reason] of [
      [{ signature }, 'BAD_SIGNATURE'],
      [{ publicKey: createKeyPair().publicKey }, 'BAD_SIGNATURE'],
      [{ hub: 'https://hub.example' }, 'INVALID'],
      [{ publicKey: '1'.repeat(32) }, 'BAD_SIGNATURE'],
      [{ publicKey: 'x' }, 'INVALID'],
    ] as const) {
      expect(await refusedWhole(() => submitBatch(hub, member, [{ task }], overrides))).toMatchObject({ reason })
    }
  })

  it("a batch under a single answer's signature, and an answer under a batch's", async () => {
    const [task] = await tasks()
    const statement = statementOf(hub, member.keys, task, answer(task))
    const root = leafHash(statement).toString('hex')
    const ofBatch = batchStatement({ hub: hub.url, validator: member.keys.publicKey, count: 1, root })
    for (const submit of [
      () => submitBatch(hub, member, [{ task }], { signature: signStatement(member.keys, statement) }),
      () => submitOne(hub, member, task, answer(task), { signature: signStatement(member.keys, ofBatch) }),
    ]) {
      expect(await refusedWhole(submit)).toMatchObject({ reason: 'BAD_SIGNATURE' })
    }
  })

  it('nothing: a banned key is refused answer by answer', async () => {
    const banned = await joinHub(hub)
    const [[task] = []] = await playRound(hub, banned)
    if (!task) throw new Error('no task')
    await banValidator(hub, banned)
    expect(await refusedWhole(() => submitBatch(hub, banned, [{ task }]))).toEqual({
      __typename: 'SubmitTicksSuccess',
      acceptedCount: 0,
      rejected: [{ callbackId: task.callbackId, reason: 'BANNED', message: TICK_REJECTIONS.BANNED }],
    })
    await banValidator(hub, banned, false)
    expect(await submitBatch(hub, banned, [{ task }])).toMatchObject({ acceptedCount: 1 })
  })
})
