import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createKeyPair } from '../protocol/sign-statement.js'
import { TICK_REJECTIONS } from '../protocol/tick-rejections.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, playOneTask, type TestMember } from '../testing/test-round.js'
import { answer, createWebsites, submitBatch, submitOne, type WireTask } from '../testing/test-validator.js'

let hub: TestHub
let member: TestMember
let other: TestMember
let task: WireTask
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  await createWebsites(hub, 1)
  member = await joinHub(hub)
  other = await joinHub(hub)
})
afterAll(() => hub.close())

async function lastRefusal(token = member.sessionToken) {
  const { data } = await hub.post(`{ viewer { ... on Validator { lastRefusal { at reason message } } } }`, { token })
  return data?.['viewer']
}

async function open() {
  const [mine, others] = await playOneTask(hub, member, other)
  if (!mine || !others) throw new Error('no task')
  task = mine
  return { mine, others }
}

describe('lastRefusal', () => {
  it('is null before there was one', async () => {
    expect(await lastRefusal()).toEqual({ lastRefusal: null })
  })

  it('tells the validator itself what its signed answer was refused for', async () => {
    await open()
    await submitOne(hub, member, task)
    await submitOne(hub, member, task, answer(task, { latencyUs: 1 }))
    const at = new Date(hub.clock.now()).toISOString()
    expect(await lastRefusal()).toEqual({ lastRefusal: { at, reason: 'CONFLICT', message: TICK_REJECTIONS.CONFLICT } })

    await open()
    const { rejected } = await submitBatch(hub, member, [{ task, tick: answer(task, { httpStatus: 1 }) }])
    expect(await lastRefusal()).toMatchObject({ lastRefusal: { reason: 'INVALID', message: rejected?.[0]?.message } })
  })

  it('stands unchanged by what others send in its name', async () => {
    const { mine, others } = await open()
    const before = await lastRefusal()
    const forged = { publicKey: member.keys.publicKey }
    await submitOne(hub, { keys: createKeyPair() }, mine, answer(mine), forged)
    await submitOne(hub, other, mine, answer(mine, { failure: 'DNS' }), forged)
    await submitOne(hub, other, others, answer(others), forged)
    await submitBatch(hub, other, [{ task: mine }], forged)
    // A signed batch, copied, with other fields beside its leaves.
    await submitBatch(hub, member, [{ task: mine }, { task: mine }, { task: mine }, { task: mine }], {
      change: ([first, second, third, fourth]) => {
        Object.assign(first ?? {}, { latencyUs: 1 })
        Object.assign(second ?? {}, { callbackId: others.callbackId })
        Object.assign(third ?? {}, { callbackId: 'unknown' })
        Object.assign(fourth ?? {}, { checkHash: 'none' })
      },
    })
    expect(await lastRefusal()).toEqual(before)
    expect(await lastRefusal(other.sessionToken)).toEqual({ lastRefusal: null })
  })

  it('is shown to nobody else but operators', async () => {
    await open()
    const query = `{ sessions { edges { node { validator { id lastRefusal { reason } } } } } }`
    const { data } = await hub.post<{ sessions: { edges: { node: unknown }[] } }>(query, { token: hub.operatorToken })
    expect(data?.sessions.edges.map(({ node }) => node)).toContainEqual({
      validator: { id: member.id, lastRefusal: { reason: 'INVALID' } },
    })
    for (const token of [other.sessionToken, hub.ownerToken, undefined]) {
      const { errors } = await hub.post(query, token === undefined ? {} : { token })
      expect(errors).toMatchObject([{ extensions: { code: token === undefined ? 'UNAUTHENTICATED' : 'FORBIDDEN' } }])
    }
    await submitOne(hub, member, task)
    hub.clock.moveTo(Date.parse(task.deadlineAt) + 1)
    const { data: history } = await hub.post(
      `query ($id: ID!) { website(id: $id) { ticks(first: 1) { edges { node { validator { id lastRefusal { reason } } } } } } }`,
      { token: hub.ownerToken, variables: { id: task.websiteId } },
    )
    expect(history).toEqual({
      website: { ticks: { edges: [{ node: { validator: { id: member.id, lastRefusal: null } } }] } },
    })
  })
})
