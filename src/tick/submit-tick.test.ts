import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import {
  answer,
  createWebsites,
  openTaskSocket,
  signUp,
  submitBatch,
  submitOne,
  type TaskSocket,
  type TestValidator,
  type WireTask,
} from '../testing/test-validator.js'

let hub: TestHub
let validator: TestValidator
let socket: TaskSocket

beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  await createWebsites(hub, 3)
  validator = await signUp(hub)
  socket = await openTaskSocket(hub, validator.sessionToken)
})
afterAll(() => hub.close())

async function nextRound(): Promise<WireTask[]> {
  hub.clock.advance(60_000)
  await hub.startRound(hub.clock.now())
  return socket.next()
}

describe('submitTick', () => {
  it('stores a signed answer and pays for it once', async () => {
    const [task] = await nextRound()
    if (!task) throw new Error('no task')
    const result = await submitOne(hub, validator, task)
    expect(result).toMatchObject({
      __typename: 'SubmitTickSuccess',
      tick: { status: 'Good', latencyUs: 42_123, validator: { pendingPayouts: '100' } },
    })
    expect(await submitOne(hub, validator, task)).toMatchObject({ tick: { validator: { pendingPayouts: '100' } } })
    expect(await submitOne(hub, validator, task, answer(task, { latencyUs: 1 }))).toMatchObject({ reason: 'CONFLICT' })
    expect(await hub.parts.store.prisma.websiteTick.count()).toBe(1)
  })

  it('stores a batch', async () => {
    const tasks = await nextRound()
    expect(
      await submitBatch(
        hub,
        validator,
        tasks.map((task) => ({ task })),
      ),
    ).toEqual({ __typename: 'SubmitTicksSuccess', acceptedCount: 3, rejected: [] })
  })
})
