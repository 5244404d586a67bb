import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { checkHash } from '../protocol/check-statement.js'
import { createKeyPair } from '../protocol/sign-statement.js'
import { TICK_REJECTIONS, type TickRejectionReason } from '../protocol/tick-rejections.js'
import type { Measurement } from '../protocol/tick.js'
import { storedState } from '../testing/stored-state.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { balanceOf, joinHub, playOneTask, type TestMember } from '../testing/test-round.js'
import {
  answer,
  createWebsites,
  submitBatch,
  submitOne,
  type WireTask,
  type WireTick,
} from '../testing/test-validator.js'

let hub: TestHub
let member: TestMember
let other: TestMember
let task: WireTask
let others: WireTask
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  await createWebsites(hub, 1)
  member = await joinHub(hub)
  other = await joinHub(hub)
  ;[task, others] = (await playOneTask(hub, member, other)) as [WireTask, WireTask]
})
afterAll(() => hub.close())

/** What one submission came to, with what it left behind. */
async function outcome(submission: () => ReturnType<typeof submitOne>) {
  const before = await storedState(hub.parts.store)
  const { reason, message = '', rejected, acceptedCount } = await submission()
  const changed = !isDeepStrictEqual(await storedState(hub.parts.store), before)
  const reasons = reason ?? rejected?.map((one) => one.reason)
  const ownSentence = message.endsWith(TICK_REJECTIONS[reason as TickRejectionReason])
  return { reasons, message, ownSentence, acceptedCount, changed, errors: hub.errors }
}

const refused = (reasons: TickRejectionReason, message = /./) =>
  expect.objectContaining({
    reasons,
    message: expect.stringMatching(message) as string,
    ownSentence: true,
    changed: false,
    errors: [],
  }) as object

describe('submitTick refuses as INVALID, and stores nothing of,', () => {
  it.each<[string, Record<string, unknown>]>([
    ['publicKey', { publicKey: 'nobody' }],
    ['publicKey', { publicKey: '1'.repeat(33) }],
    ['signature', { signature: 'AAAA' }],
    ['signature', { signature: '' }],
    ['signature', { signature: `${'A'.repeat(85)}B==` }],
    ['hub', { hub: 'https://hub.example' }],
    ['hub', { hub: '' }],
  ])('an envelope with an impossible `%s`', async (field, overrides) => {
    const submission = () => submitOne(hub, member, task, answer(task), overrides)
    expect(await outcome(submission)).toEqual(refused('INVALID', new RegExp(`^${field} must`)))
  })

  it.each<[keyof WireTick, unknown]>([
    ['checkHash', 'none'],
    ['checkHash', 'A'.repeat(64)],
    ['checkedAt', '-'],
    ['checkedAt', ''],
    ['detail', 'A\nstatus Good'],
    ['detail', 'é'],
    ['detail', ''],
    ['detail', '-'],
    ['remoteAddress', '192.0.2.1 '],
    ['certificateExpiresAt', '2026-11-22 13:00'],
    ['latencyUs', -1],
    ['firstByteUs', -2_147_483_648],
    ['httpStatus', -200],
  ])('a `%s` of %j, which no statement holds', async (field, value) => {
    const submission = () => submitOne(hub, member, task, answer(task), { tick: { ...answer(task), [field]: value } })
    expect(await outcome(submission)).toEqual(refused('INVALID', new RegExp(`^${field} must`)))
  })

  it.each<[string, Partial<Measurement>]>([
    ['failure', { failure: 'DNS' }],
    ['latencyUs', { latencyUs: null }],
    ['failure', { status: 'Bad' }],
    ['detail', { status: 'Bad', failure: 'DNS', detail: 'lower' }],
    ['detail', { detail: 'A'.repeat(41) }],
    ['httpStatus', { httpStatus: 99 }],
    ['httpStatus', { httpStatus: 1000 }],
    ['httpStatus', { httpStatus: 2_147_483_647 }],
    ['remoteAddress', { remoteAddress: 'localhost' }],
    ['remoteAddress', { remoteAddress: 'fe80::1%eth0' }],
    ['checkedAt', { checkedAt: '2026-11-22T13:00:00Z' }],
    ['checkedAt', { checkedAt: '2026-02-30T13:00:00.000Z' }],
    ['checkedAt', { checkedAt: '2026-11-22T24:00:00.000Z' }],
    ['checkedAt', { checkedAt: '0000-12-31T23:59:59.999Z' }],
    ['certificateExpiresAt', { certificateExpiresAt: '0000-01-01T00:00:00.000Z' }],
    ['certificateExpiresAt', { certificateExpiresAt: '+012026-11-22T13:00:00.000Z' }],
  ])('an impossible `%s`, signed: %j', async (field, measured) => {
    for (const submit of [
      () => submitOne(hub, member, task, answer(task, measured)),
      async () => {
        const { rejected } = await submitBatch(hub, member, [{ task, tick: answer(task, measured) }])
        return { __typename: '', ...rejected?.[0] }
      },
    ]) {
      expect(await outcome(submit)).toEqual(refused('INVALID', new RegExp(`^${field} must`)))
    }
  })

  it.each([
    ['by other criteria than the task has', () => '0'.repeat(64)],
    ['by an older version of the rules', () => checkHash(task.check, 1)],
  ])('an answer %s', async (_, hash) => {
    const tick = { ...answer(task), checkHash: hash() }
    expect(await outcome(() => submitOne(hub, member, task, tick))).toEqual(refused('INVALID', /^checkHash must/))
  })
})

describe('submitTick refuses', () => {
  it.each<[string, string]>([
    ['nothing', ''],
    ['garbage', 'garbage'],
    ['a line feed', 'x\ny'],
    ['a megabyte less a little', 'A'.repeat(900_000)],
  ])('a callback ID that is %s', async (_name, callbackId) => {
    const submission = () => submitOne(hub, member, task, answer(task), { tick: { ...answer(task), callbackId } })
    expect(await outcome(submission)).toEqual(refused('UNKNOWN_CALLBACK'))
  })

  it("another's callback, and credits neither who sends it nor whose it is", async () => {
    expect(await outcome(() => submitOne(hub, member, others))).toEqual(refused('NOT_YOURS'))
    // In the owner's name, signed by another: the key that verifies counts, and none does.
    expect(
      await outcome(() => submitOne(hub, member, others, answer(others), { publicKey: other.keys.publicKey })),
    ).toEqual(refused('BAD_SIGNATURE'))
    expect(await balanceOf(hub, member)).toBe(0n)
    expect(await balanceOf(hub, other)).toBe(0n)
  })

  it('a key that never signed up, whatever it signs', async () => {
    const stranger = { keys: createKeyPair() }
    expect(await outcome(() => submitOne(hub, stranger, task))).toEqual(refused('NOT_YOURS'))
    const inBatch = await outcome(() => submitBatch(hub, stranger, [{ task }]))
    expect(inBatch).toMatchObject({ reasons: ['NOT_YOURS'], acceptedCount: 0, changed: false })
  })

  it("a statement in which any one of the task's words was changed", async () => {
    for (const change of [
      { websiteId: others.websiteId.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) },
      { url: `${task.url}x` },
      { roundAt: others.roundAt.replace('.000Z', '.001Z') },
    ]) {
      const submission = () => submitOne(hub, member, { ...task, ...change }, answer(task))
      expect(await outcome(submission)).toEqual(refused('BAD_SIGNATURE'))
    }
  })

  it.each<[keyof Measurement, unknown]>([
    ['status', 'Bad'],
    ['latencyUs', 1],
    ['dnsUs', null],
    ['remoteAddress', '203.0.113.81'],
    ['checkedAt', '2026-11-22T13:01:00.001Z'],
    ['httpStatus', 201],
    ['detail', 'X'],
    ['certificateExpiresAt', '2027-01-01T00:00:00.000Z'],
  ])('a `%s` that was changed on the way', async (field, value) => {
    const submission = () => submitOne(hub, member, task, answer(task), { tick: { ...answer(task), [field]: value } })
    expect(await outcome(submission)).toEqual(refused('BAD_SIGNATURE'))
  })
})

describe('a refused task', () => {
  it('is still open: no refusal uses a callback up', async () => {
    const result = await submitOne(hub, member, task)
    expect(result.__typename).toBe('SubmitTickSuccess')
    expect(await balanceOf(hub, member)).toBe(100n)
  })

  it('is answered in time until its deadline, to the millisecond, and LATE after it', async () => {
    hub.clock.moveTo(Date.parse(others.deadlineAt))
    expect((await submitOne(hub, other, others)).__typename).toBe('SubmitTickSuccess')
    const [next] = await playOneTask(hub, member)
    if (!next) throw new Error('no task')
    hub.clock.moveTo(Date.parse(next.deadlineAt) + 1)
    expect(await outcome(() => submitOne(hub, member, next))).toEqual(refused('LATE'))
    expect((await outcome(() => submitBatch(hub, member, [{ task: next }]))).reasons).toEqual(['LATE'])
  })
})
