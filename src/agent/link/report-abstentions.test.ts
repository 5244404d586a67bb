import { describe, expect, test, vi } from 'vitest'

import type { AbstentionReason } from '../../protocol/abstention.js'
import { formatInstant } from '../../protocol/text-forms.js'
import type { AbstainMutation } from '../client/graphql.js'
import { useWorld } from '../../testing/agent/world.js'
import { createManualClock } from '../../testing/manual-clock.js'
import type { HubSocket } from './open-hub-socket.js'
import { reportAbstentions } from './report-abstentions.js'

const world = useWorld()
const FORBIDDEN = 'http://127.0.0.1:9/'

/** An agent that may not check what it is asked to, so that it has something to tell. */
async function startForbidden() {
  const agent = world.start({ allowPrivateTargets: false })
  await world.hub.next('TASKS')
  return agent
}

const tasks = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => world.task(`${from + index}`, FORBIDDEN))

describe('what could not be checked', () => {
  test('is told to the hub by its callback IDs and one reason', async () => {
    const agent = await startForbidden()
    world.hub.sendTasks(tasks(2))
    expect((await world.hub.next('ABSTAIN')).input).toEqual({
      callbackIds: ['callback-0', 'callback-1'],
      reason: 'NOT_PERMITTED' satisfies AbstentionReason,
    })
    expect(await agent.next('ROUND')).toMatchObject({ websites: 2, unanswered: { PRIVATE_ADDRESS: 2 } })
    expect(world.hub.count('SUBMIT')).toBe(0)
  })

  test('is told at most 500 in a call', async () => {
    await startForbidden()
    world.hub.sendTasks(tasks(501))
    const calls = [await world.hub.next('ABSTAIN'), await world.hub.next('ABSTAIN')]
    expect(calls.map(({ input }) => input.callbackIds.length)).toEqual([500, 1])
    expect(new Set(calls.flatMap(({ input }) => input.callbackIds)).size).toBe(501)
  })

  test.each([
    ['does not store it', { kind: 'AbstainRefused', reason: 'UNAVAILABLE', message: 'Later.' }],
    ['fails', new Error('a bug of the hub')],
  ] as const)('is told again where the hub %s', async (_, refusal) => {
    const obedient = world.hub.script.abstain
    world.hub.script.abstain = () => {
      world.hub.script.abstain = obedient
      return refusal
    }
    const agent = await startForbidden()
    world.hub.sendTasks(tasks(1))
    const first = await world.hub.next('ABSTAIN')
    expect((await world.hub.next('ABSTAIN')).input).toEqual(first.input)
    await agent.close()
    expect(world.hub.count('ABSTAIN')).toBe(2)
  })

  test.each<AbstainMutation['abstain']>([
    { kind: 'AbstainRefused', reason: 'WRONG_NUMBER', message: 'No.' },
    { kind: 'AbstainSuccess', taken: 0, rejected: [{ callbackId: 'callback-0', reason: 'LATE', message: 'Late.' }] },
  ])('is told once where the hub does not take it: %o', async (answer) => {
    world.hub.script.abstain = () => answer
    const agent = await startForbidden()
    world.hub.sendTasks(tasks(1))
    await world.hub.next('ABSTAIN')
    await agent.close()
    expect(world.hub.count('ABSTAIN')).toBe(1)
  })

  test('waits for a hub that is gone, as long as it is of use', async () => {
    const agent = await startForbidden()
    const { port } = new URL(world.hub.url)
    const later = { startAfterMs: 5_000 }
    world.hub.sendTasks([
      { ...world.task('early', FORBIDDEN), ...later, deadlineAt: formatInstant(world.clock.now() + 15_000) },
      { ...world.task('late', FORBIDDEN), ...later },
      world.task('told', FORBIDDEN),
    ])
    expect((await world.hub.next('ABSTAIN')).input.callbackIds).toEqual(['callback-told'])
    await world.hub.close()
    await agent.next('DISCONNECTED')
    world.clock.advance(16_000)
    expect(await agent.next('TASK_UNANSWERED')).toMatchObject({ reason: 'PRIVATE_ADDRESS' })
    await world.replaceHub(() => world.clock.now(), Number(port))
    world.clock.advance(5_000)
    const { callbackIds } = (await world.hub.next('ABSTAIN')).input
    expect(callbackIds).toContain('callback-late')
    expect(callbackIds).not.toContain('callback-early')
  })

  test('is not told of what is called off', async () => {
    const agent = await startForbidden()
    world.hub.sendTasks([{ ...world.task('a', FORBIDDEN), startAfterMs: 20_000 }])
    world.hub.sendTasks([world.task('b', FORBIDDEN)])
    await world.hub.next('ABSTAIN')
    await agent.close()
    expect(await agent.next('ROUND')).toMatchObject({ unanswered: { CALLED_OFF: 1, PRIVATE_ADDRESS: 1 } })
    expect(world.hub.count('ABSTAIN')).toBe(1)
    expect(world.clock.pendingCount()).toBe(0)
  })
})

/** A connection whose answers wait until the test gives them. */
const TAKEN = { data: { abstain: { kind: 'AbstainSuccess', taken: 1, rejected: [] } } }

function createHeldSocket(result: object = TAKEN) {
  const asked: { callbackIds: string[]; reason: AbstentionReason }[] = []
  const answers: (() => void)[] = []
  const socket = {
    ask: (_: unknown, { input }: { input: (typeof asked)[number] }) => {
      asked.push(input)
      return new Promise((resolve) => {
        answers.push(() => resolve(result))
      })
    },
  } as unknown as HubSocket
  return { socket, asked, answer: () => answers.shift()?.() }
}

test('claims of several reasons go one call after the other, and before their deadline', async () => {
  const clock = createManualClock()
  const { socket, asked, answer } = createHeldSocket()
  const reporter = reportAbstentions({ clock, random: () => 0, socket: () => socket, more: () => 'EXPECTED' })
  const deadlineAt = clock.now() + 600
  reporter.add({ callbackId: 'a', deadlineAt }, 'STALLED')
  reporter.add({ callbackId: 'b', deadlineAt: deadlineAt + 30_000 }, 'NO_NETWORK')
  reporter.add({ callbackId: 'c', deadlineAt: deadlineAt + 30_000 }, 'STALLED')
  expect(asked).toEqual([])
  clock.advance(100)
  expect(asked).toEqual([{ callbackIds: ['a', 'c'], reason: 'STALLED' }])
  const drained = reporter.drained()
  clock.advance(1000)
  expect(asked).toHaveLength(1)
  answer()
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[1]).toEqual({ callbackIds: ['b'], reason: 'NO_NETWORK' })
  answer()
  await drained
  expect(clock.pendingCount()).toBe(0)
})

test('a hub that does not know claims is not asked twice', async () => {
  const clock = createManualClock()
  const unknown = { errors: [{ message: 'Cannot query field "abstain" on type "Mutation".' }] }
  const { socket, asked, answer } = createHeldSocket(unknown)
  const reporter = reportAbstentions({ clock, random: () => 0, socket: () => socket, more: () => 'NONE' })
  const deadlineAt = clock.now() + 30_000
  reporter.add({ callbackId: 'a', deadlineAt }, 'STALLED')
  clock.advance(0)
  expect(asked).toHaveLength(1)
  answer()
  await reporter.drained()
  reporter.add({ callbackId: 'b', deadlineAt }, 'STALLED')
  clock.advance(10_000)
  await reporter.drained()
  expect(asked).toHaveLength(1)
})
