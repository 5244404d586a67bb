import { describe, expect, test } from 'vitest'

import { useWorld } from '../../testing/agent/world.js'

const world = useWorld()

describe('answers that the hub does not take', () => {
  test('are kept and sent again when it could not, the same answer each time', async () => {
    const agent = await world.answerOne({ kind: 'TicksRejected', reason: 'UNAVAILABLE', message: 'Try again.' })
    const first = await world.hub.next('SUBMIT')
    world.hub.script.submit = () => ({ kind: 'SubmitTicksSuccess', rejected: [] })
    expect(await world.hub.next('SUBMIT')).toEqual(first)
    expect(await agent.next('ROUND')).toMatchObject({ accepted: 1 })
  })

  test('are sent again over the next socket when the reply was lost', async () => {
    let isCut = false
    const agent = await world.answerOne(() => {
      if (isCut) return { kind: 'SubmitTicksSuccess', rejected: [] }
      isCut = true
      world.hub.cut()
      return new Promise(() => {})
    })
    const first = await world.hub.next('SUBMIT')
    expect(await world.hub.next('SUBMIT')).toEqual(first)
    expect(await agent.next('ROUND')).toMatchObject({ accepted: 1 })
  })

  test('are given up at their deadline', async () => {
    const agent = await world.answerOne(new Error('out of order'))
    await world.hub.next('SUBMIT')
    expect(await agent.next('ROUND')).toMatchObject({ accepted: 0, unsent: 1 })
  })

  test.each(['INVALID', 'BAD_SIGNATURE'] as const)('are not sent again when the whole batch is %s', async (reason) => {
    const agent = await world.answerOne({ kind: 'TicksRejected', reason, message: 'No.' })
    expect(await agent.next('TICK_REJECTED')).toMatchObject({ reason, message: 'No.' })
    expect(await agent.next('ROUND')).toMatchObject({ accepted: 0, rejected: { [reason]: 1 } })
    expect(world.hub.count('SUBMIT')).toBe(1)
  })

  test('are told once a round for each reason', async () => {
    const site = await world.startSite()
    world.hub.script.submit = ({ ticks }) => ({
      kind: 'SubmitTicksSuccess',
      rejected: ticks.map(({ callbackId }) => ({ callbackId, reason: 'LATE', message: 'Too late.' })),
    })
    const agent = world.start()
    await world.hub.next('TASKS')
    world.hub.sendTasks([world.task('a', site.url), world.task('b', site.url)])
    expect(await agent.next('ROUND')).toMatchObject({ rejected: { LATE: 2 } })
    expect(agent.events.filter(({ event }) => event === 'TICK_REJECTED')).toHaveLength(1)
  })
})
