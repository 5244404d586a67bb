import { describe, expect, test } from 'vitest'

import { verifyStatement } from '../testing/protocol/verify-statement.js'
import { batchStatement } from '../protocol/batch-statement.js'
import { DEFAULT_CHECK } from '../protocol/check.js'
import { checkHash } from '../protocol/check-statement.js'
import { signupStatement } from '../protocol/signup-statement.js'
import { formatInstant } from '../protocol/text-forms.js'
import { treeHash } from '../protocol/tree-hash.js'
import type { TickInput } from './client/graphql.js'
import { useWorld } from '../testing/agent/world.js'

const world = useWorld()

describe('the road of one tick', () => {
  test('signs up, takes a task, checks it and sends what it found, signed', async () => {
    const site = await world.startSite()
    const agent = world.start()
    const { input: signup } = await world.hub.next('SIGNUP')
    const said = { hub: world.hub.url, validator: world.keys.publicKey, ip: null, challenge: 'challenge-1' }
    expect(await verifyStatement(world.keys.publicKey, signupStatement(said), signup.signature)).toBeNull()
    await world.hub.next('TASKS')
    expect((await world.hub.next('CONNECT')).params).toEqual({ authorization: 'Bearer token-1', protocolVersion: 2 })

    world.hub.sendTasks([world.task('a', site.url), world.task('b', `${site.url}missing`)])
    const ticks: TickInput[] = []
    while (ticks.length < 2) {
      const { input } = await world.hub.next('SUBMIT')
      ticks.push(...input.ticks)
      const root = treeHash(input.ticks.map(({ leaf }) => Buffer.from(leaf ?? '', 'hex'))).toString('hex')
      const batch = batchStatement({
        hub: world.hub.url,
        validator: world.keys.publicKey,
        count: input.ticks.length,
        root,
      })
      expect(await verifyStatement(world.keys.publicKey, batch, input.signature)).toBeNull()
    }

    expect(
      ticks
        .map(({ status, failure, httpStatus }) => [status, failure, httpStatus])
        .toSorted((a, b) => String(a).localeCompare(String(b))),
    ).toEqual([
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
    const agent = world.start({ allowPrivateTargets: false })
    await world.hub.next('TASKS')
    world.hub.sendTasks([world.task('a', 'http://127.0.0.1:9/')])
    expect(await agent.next('TASK_UNANSWERED')).toMatchObject({ reason: 'PRIVATE_ADDRESS' })
    expect(await agent.next('ROUND')).toMatchObject({ websites: 1, bad: 0, unanswered: { PRIVATE_ADDRESS: 1 } })
    expect(world.hub.count('SUBMIT')).toBe(0)
  })

  test('gives no answer to a task with no time left', async () => {
    const agent = world.start()
    await world.hub.next('TASKS')
    world.hub.sendTasks([
      { ...world.task('a', 'http://127.0.0.1:9/'), deadlineAt: formatInstant(world.clock.now() + 1200) },
    ])
    expect(await agent.next('ROUND')).toMatchObject({ unanswered: { NO_TIME: 1 } })
  })

  test('answers a task that is sent twice only once', async () => {
    const site = await world.startSite()
    const agent = world.start()
    await world.hub.next('TASKS')
    world.hub.sendTasks([world.task('a', site.url)])
    world.hub.sendTasks([world.task('a', site.url), world.task('b', site.url)])
    expect(await agent.next('ROUND')).toMatchObject({ websites: 2, accepted: 2 })
  })

  test('keeps the rounds of a hub whose clock is another', async () => {
    const site = await world.startSite()
    const aheadMs = 90_000
    await world.hub.close()
    await world.replaceHub(() => world.clock.now() + aheadMs)
    const agent = world.start()
    expect(await agent.next('CLOCK_OFF')).toMatchObject({ hubAheadMs: aheadMs })
    await world.hub.next('TASKS')
    world.hub.sendTasks([world.task('a', site.url, world.clock.now() + aheadMs)])
    expect(await agent.next('ROUND')).toMatchObject({ accepted: 1, unanswered: {} })
  })
})

describe('stopping', () => {
  test('finishes the check that runs, sends its answer and leaves the rest', async () => {
    const site = await world.startSite('HELD')
    const agent = world.start()
    await world.hub.next('TASKS')
    world.hub.sendTasks([world.task('a', site.url), { ...world.task('b', site.url), startAfterMs: 20_000 }])
    await site.asked
    const closed = agent.close()
    await world.hub.next('TASKS_OVER')
    site.release()
    expect((await world.hub.next('SUBMIT')).input.ticks).toHaveLength(1)
    await closed
    expect(agent.events.at(-1)).toEqual({ event: 'STOPPED' })
    expect(await agent.next('ROUND')).toMatchObject({ accepted: 1, unanswered: { CALLED_OFF: 1 } })
    expect(world.clock.pendingCount()).toBe(0)
  })

  test('ends at once when asked again', async () => {
    const site = await world.startSite('HELD')
    const agent = world.start()
    await world.hub.next('TASKS')
    world.hub.sendTasks([world.task('a', site.url)])
    await site.asked
    const closed = agent.close()
    await agent.abort()
    await closed
    expect(world.hub.count('SUBMIT')).toBe(0)
    expect(world.clock.pendingCount()).toBe(0)
  })

  test('leaves while it waits for a hub that is not there', async () => {
    await world.hub.close()
    const agent = world.start()
    await agent.next('DISCONNECTED')
    await agent.close()
    expect(world.clock.pendingCount()).toBe(0)
  })
})
