import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { keepHouse } from '../hub/keep-house.js'
import { CONFLICTS_PER_VALIDATOR_MAX } from '../limits.js'
import { createKeyPair } from '../protocol/sign-statement.js'
import { importPublicKey, verifySignature } from '../protocol/signature-gate.js'
import { leafHash, rootFromInclusion } from '../protocol/tree-hash.js'
import { breakable, type BreakableStore } from '../testing/store-wrappers.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { balanceOf, joinHub, playRound, type TestMember } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import {
  answer,
  createWebsites,
  statementOf,
  submitBatch,
  submitOne,
  type WireTask,
} from '../testing/test-validator.js'
import { DAY_MS } from '../time.js'
import { listConflicts } from './list-conflicts.js'
import type { TickProof } from './make-proof.js'

const WEBSITES = CONFLICTS_PER_VALIDATOR_MAX + 2

let hub: TestHub
let store: BreakableStore
let member: TestMember
let tasks: WireTask[]
beforeAll(async () => {
  store = breakable(await openTestStore(inject('template')))
  hub = await startTestHub(inject('template'), { overrides: { store } })
  await createWebsites(hub, WEBSITES)
})
afterAll(() => hub.close())
beforeEach(async () => {
  member = await joinHub(hub)
  ;[tasks = []] = await playRound(hub, member)
})
afterEach(() => member.socket.close())

const taskAt = (index: number) => tasks[index] as WireTask
const list = (validatorId: string | null = member.id) =>
  listConflicts(hub.parts, { validatorId, olderThan: null, newerThan: null, limit: 100, order: 'newestFirst' })
const submitted = (latencyUs: number, task = taskAt(0)) => submitOne(hub, member, task, answer(task, { latencyUs }))
const statementFor = (latencyUs: number, task = taskAt(0)) =>
  statementOf(hub, member.keys, task, answer(task, { latencyUs }))

/** As a stranger verifies it, by the key alone. */
async function isProven({ statement, leafIndex, leafCount, path, batchStatement, signature }: TickProof) {
  const key = importPublicKey(member.keys.publicKey)
  const root = rootFromInclusion(leafHash(statement), leafIndex, leafCount, path)?.toString('hex')
  const isInBatch = batchStatement === null || batchStatement.endsWith(`count ${leafCount}\nroot ${root}\n`)
  return key !== null && isInBatch && (await verifySignature(key, batchStatement ?? statement, signature))
}

describe('two answers to one task', () => {
  it('are kept with what proves both, while the first stays and is paid once', async () => {
    expect((await submitted(1)).__typename).toBe('SubmitTickSuccess')
    hub.clock.advance(7)
    expect((await submitted(2)).reason).toBe('CONFLICT')
    const found = await list()
    expect(found).toEqual([
      expect.objectContaining({
        websiteId: taskAt(0).websiteId,
        roundAt: new Date(taskAt(0).roundAt),
        receivedAt: new Date(hub.clock.now()),
        validator: expect.objectContaining({ id: member.id }) as object,
        first: expect.objectContaining({ statement: statementFor(1), batchStatement: null }) as object,
        second: expect.objectContaining({ statement: statementFor(2), batchStatement: null }) as object,
      }),
    ])
    for (const one of found)
      expect(await Promise.all([isProven(one.first), isProven(one.second)])).toEqual([true, true])
    expect(await balanceOf(hub, member)).toBe(100n)
  })

  it('are kept once: the third is refused and adds nothing, and so does the second again', async () => {
    await submitted(1)
    for (const latencyUs of [2, 3, 2]) expect((await submitted(latencyUs)).reason).toBe('CONFLICT')
    expect((await list()).map(({ second }) => second.statement)).toEqual([statementFor(2)])
  })

  it('are found in one batch, and between batches and singles', async () => {
    const ofBatch = (latencyUs: number, index: number) => ({
      task: taskAt(index),
      tick: answer(taskAt(index), { latencyUs }),
    })
    await submitted(1, taskAt(2))
    const { acceptedCount, rejected } = await submitBatch(hub, member, [
      ofBatch(1, 0),
      ofBatch(1, 1),
      ofBatch(2, 0),
      ofBatch(2, 2),
      ofBatch(1, 1),
    ])
    expect([acceptedCount, rejected?.map(({ reason }) => reason)]).toEqual([3, ['CONFLICT', 'CONFLICT']])
    expect((await submitted(3, taskAt(1))).reason).toBe('CONFLICT')
    const found = await list()
    expect(found.map(({ second }) => [second.leafIndex, second.leafCount])).toEqual([
      [3, 5],
      [0, 1],
      [2, 5],
    ])
    for (const { first, second } of found) {
      expect([await isProven(first), await isProven(second)]).toEqual([true, true])
      const callbacks = [first, second].map(({ statement }) => /^callback .*$/m.exec(statement)?.[0])
      expect(callbacks[0]).toBe(callbacks[1])
      expect(first.statement).not.toBe(second.statement)
    }
    expect(await balanceOf(hub, member)).toBe(300n)
  })

  it('are kept when the second is late', async () => {
    await submitted(1)
    hub.clock.moveTo(Date.parse(taskAt(0).deadlineAt) + 1)
    expect((await submitted(2)).reason).toBe('CONFLICT')
    expect(await list()).toHaveLength(1)
  })

  it('are kept of so many tasks of a validator, and of others as before', async () => {
    const other = await joinHub(hub)
    hub.clock.advance(60_000)
    const [mine = [], others = []] = await playRound(hub, member, other)
    const all = (of: readonly WireTask[], latencyUs: number) =>
      of.map((task) => ({ task, tick: answer(task, { latencyUs }) }))
    await submitBatch(hub, member, all(mine, 1))
    await submitOne(hub, member, mine[3] as WireTask, answer(mine[3] as WireTask, { latencyUs: 2 }))
    const { rejected } = await submitBatch(hub, member, all(mine, 3))
    expect(rejected).toHaveLength(WEBSITES)
    expect(await list()).toHaveLength(CONFLICTS_PER_VALIDATOR_MAX)
    await submitBatch(hub, other, all(others, 1))
    await submitOne(hub, other, others[0] as WireTask, answer(others[0] as WireTask, { latencyUs: 2 }))
    expect(await list(other.id)).toHaveLength(1)
    await other.socket.close()
  })
})

describe('no evidence is', () => {
  it('the same answer again, alone or in a batch', async () => {
    await submitted(1)
    await submitted(1)
    await submitBatch(hub, member, [{ task: taskAt(0), tick: answer(taskAt(0), { latencyUs: 1 }) }])
    expect(await list()).toEqual([])
  })

  it('what the key has not signed, or not so', async () => {
    await submitted(1)
    const stranger = { keys: createKeyPair() }
    const other = answer(taskAt(0), { latencyUs: 2 })
    const forged = { publicKey: member.keys.publicKey }
    expect((await submitOne(hub, stranger, taskAt(0), other, forged)).reason).toBe('BAD_SIGNATURE')
    expect((await submitBatch(hub, stranger, [{ task: taskAt(0), tick: other }], forged)).reason).toBe('BAD_SIGNATURE')
    // The right signature of a batch, copied, with other fields beside its leaf.
    const { rejected } = await submitBatch(hub, member, [{ task: taskAt(0), tick: other }], {
      change: ([tick]) => Object.assign(tick ?? {}, { latencyUs: 3 }),
    })
    expect(rejected?.map(({ reason }) => reason)).toEqual(['BAD_SIGNATURE'])
    expect(await list()).toEqual([])
  })

  it('what is refused for its fields, or comes too late to be stored at all', async () => {
    await submitted(1)
    expect((await submitOne(hub, member, taskAt(0), answer(taskAt(0), { failure: 'DNS' }))).reason).toBe('INVALID')
    hub.clock.moveTo(Date.parse(taskAt(1).deadlineAt) + 1)
    for (const latencyUs of [1, 2]) expect((await submitted(latencyUs, taskAt(1))).reason).toBe('LATE')
    expect(await list()).toEqual([])
  })
})

describe('evidence', () => {
  it('that cannot be kept costs nobody an answer', async () => {
    await submitted(1)
    const { transaction } = store
    store.transaction = () => Promise.reject(new Error('the disk is full'))
    const { acceptedCount, rejected } = await submitBatch(hub, member, [
      { task: taskAt(1) },
      { task: taskAt(0), tick: answer(taskAt(0), { latencyUs: 2 }) },
    ])
    expect((await submitted(3)).reason).toBe('CONFLICT')
    store.transaction = transaction
    expect([acceptedCount, rejected?.map(({ reason }) => reason)]).toEqual([1, ['CONFLICT']])
    expect(hub.errors.splice(0)).toEqual(
      Array(2).fill(expect.objectContaining({ msg: 'conflicting answers could not be kept as evidence' })),
    )
    expect([await list(), await balanceOf(hub, member)]).toEqual([[], 200n])
    expect((await submitted(4)).reason).toBe('CONFLICT')
    expect(await list()).toHaveLength(1)
  })

  it('is counted for operators', async () => {
    const metrics = async () => (await fetch(`${hub.url}/metrics`)).text()
    const count = async () => Number(/^overlaps_conflicting_answers_total (\d+)$/m.exec(await metrics())?.[1])
    const before = await count()
    await submitted(1)
    await submitted(2)
    await submitted(3)
    expect(await count()).toBe(before + 1)
  })

  it('goes with its ticks', async () => {
    await submitted(1)
    await submitted(2)
    const { prisma } = store
    const rows = await prisma.conflictingAnswer.count()
    await keepHouse(hub.parts)
    expect(await prisma.conflictingAnswer.count()).toBe(rows)
    expect(await list()).toHaveLength(1)
    hub.clock.jumpTo(hub.clock.now() + (hub.parts.settings.tickRetentionDays + 1) * DAY_MS)
    // Not shown any more, even before the house is kept.
    expect(await list(null)).toEqual([])
    await keepHouse(hub.parts)
    expect([await prisma.conflictingAnswer.count(), await prisma.websiteTick.count()]).toEqual([0, 0])
    expect(hub.errors).toEqual([])
  })
})
