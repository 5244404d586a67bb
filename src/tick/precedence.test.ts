import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createKeyPair } from '../protocol/sign-statement.js'
import { TICK_REJECTIONS, type TickRejectionReason } from '../protocol/tick-rejections.js'
import { storedState } from '../testing/stored-state.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { banValidator, joinHub, playOneTask, type TestMember } from '../testing/test-round.js'
import {
  answer,
  createWebsites,
  submitBatch,
  submitOne,
  type SubmitAnswer,
  type WireTask,
  type WireTick,
} from '../testing/test-validator.js'

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  await createWebsites(hub, 1)
})
afterAll(() => hub.close())

/** What can be wrong with one answer, in the order in which PROTOCOL §3 lets it count. */
type Fault = 'FORM' | 'UNKNOWN' | 'NOT_YOURS' | 'SIGNATURE' | 'BANNED' | 'FIELD' | 'CONFLICT' | 'REPEAT' | 'LATE'

type Way = (member: TestMember, task: WireTask, tick: WireTick, faults: ReadonlySet<Fault>) => Promise<SubmitAnswer>

const singly: Way = (member, task, tick, faults) => {
  const signer = faults.has('SIGNATURE') ? { keys: createKeyPair() } : member
  // A form fault is sent and not signed: no statement can be made of it.
  const sent = faults.has('FORM') ? { tick: { ...tick, checkHash: 'none' } } : {}
  return submitOne(hub, signer, task, tick, { publicKey: member.keys.publicKey, ...sent })
}

/** The batch is signed as it is; an answer that is changed afterwards no longer has the leaf that was signed. */
const inBatch: Way = async (member, task, tick, faults) => {
  const { rejected, ...others } = await submitBatch(hub, member, [{ task, tick }], {
    change: ([sent]) => {
      if (sent && faults.has('FORM')) sent.checkHash = 'none'
      if (sent && faults.has('SIGNATURE')) sent.latencyUs = 7
    },
  })
  const [refused] = rejected ?? []
  if (refused && refused.callbackId !== tick.callbackId) throw new Error('another callback was refused')
  return refused ? { __typename: 'TickRejected', reason: refused.reason, message: refused.message } : others
}

async function submitWith(way: Way, ...list: Fault[]) {
  const faults = new Set(list)
  const [member, other] = [await joinHub(hub), await joinHub(hub)]
  const [mine, others] = await playOneTask(hub, member, other)
  const task = faults.has('NOT_YOURS') ? others : mine
  if (!mine || !task) throw new Error('no task')
  if (faults.has('CONFLICT')) await submitOne(hub, member, mine, answer(mine, { latencyUs: 1 }))
  if (faults.has('REPEAT')) await submitOne(hub, member, mine)
  if (faults.has('BANNED')) await banValidator(hub, member)
  if (faults.has('LATE')) hub.clock.moveTo(Date.parse(task.deadlineAt) + 1)
  const tick = answer(task, faults.has('FIELD') ? { failure: 'DNS' } : {})
  if (faults.has('UNKNOWN')) tick.callbackId = 'unknown'
  const before = await storedState(hub.parts.store)
  const { reason, message, __typename: type } = await way(member, task, tick, faults)
  const changed = !isDeepStrictEqual(await storedState(hub.parts.store), before)
  await Promise.all([member.socket.close(), other.socket.close()])
  const ownSentence = message?.endsWith(TICK_REJECTIONS[reason as TickRejectionReason]) ?? null
  return { reason: reason ?? type, ownSentence, changed, errors: hub.errors }
}

const refused = (reason: string) => ({ reason, ownSentence: true, changed: false, errors: [] })
const CASES: [string, ...Fault[]][] = [
  ['INVALID', 'FORM'],
  ['UNKNOWN_CALLBACK', 'UNKNOWN'],
  ['NOT_YOURS', 'NOT_YOURS'],
  ['BAD_SIGNATURE', 'SIGNATURE'],
  ['BANNED', 'BANNED'],
  ['INVALID', 'FIELD'],
  ['CONFLICT', 'CONFLICT'],
  ['LATE', 'LATE'],
  ['INVALID', 'FORM', 'UNKNOWN'],
  ['INVALID', 'FORM', 'NOT_YOURS'],
  ['UNKNOWN_CALLBACK', 'UNKNOWN', 'SIGNATURE'],
  ['NOT_YOURS', 'NOT_YOURS', 'SIGNATURE'],
  ['NOT_YOURS', 'NOT_YOURS', 'LATE'],
  ['BAD_SIGNATURE', 'SIGNATURE', 'BANNED'],
  ['BAD_SIGNATURE', 'SIGNATURE', 'REPEAT'],
  ['BAD_SIGNATURE', 'SIGNATURE', 'LATE'],
  ['BANNED', 'BANNED', 'FIELD'],
  ['BANNED', 'BANNED', 'REPEAT'],
  ['INVALID', 'FIELD', 'CONFLICT'],
  ['INVALID', 'FIELD', 'LATE'],
  ['CONFLICT', 'CONFLICT', 'LATE'],
  ['INVALID', 'FORM', 'UNKNOWN', 'NOT_YOURS', 'SIGNATURE', 'BANNED', 'FIELD', 'CONFLICT', 'LATE'],
]

describe.each([
  ['submitTick', singly],
  ['submitTicks', inBatch],
] as const)('%s refuses by the first that applies', (_name, way) => {
  it.each(CASES)('%s when wrong are: %s %s', async (reason, ...faults) => {
    expect(await submitWith(way, ...faults)).toEqual(refused(reason))
  })

  it('and takes a repeat after the deadline for the success that it was', async () => {
    const again = await submitWith(way, 'REPEAT', 'LATE')
    expect(again).toMatchObject({ ownSentence: null, changed: false })
    expect(again.reason).toMatch(/Success$/)
  })

  it('LATE, an hour past the deadline, without a look at anything but the callback', async () => {
    const member = await joinHub(hub)
    const [task] = await playOneTask(hub, member)
    if (!task) throw new Error('no task')
    await submitOne(hub, member, task)
    const before = await storedState(hub.parts.store)
    hub.clock.moveTo(Date.parse(task.deadlineAt) + 3_600_000)
    expect((await way(member, task, answer(task), new Set())).reason).toBeUndefined()
    hub.clock.advance(1)
    for (const faults of [[], ['SIGNATURE'], ['FIELD']] as Fault[][]) {
      expect(await way(member, task, answer(task), new Set(faults))).toMatchObject({ reason: 'LATE' })
    }
    expect(await storedState(hub.parts.store)).toEqual(before)
    await member.socket.close()
  })
})
