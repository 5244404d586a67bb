import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { WebSocket } from 'ws'
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

/** Enough for every document to be compiled. */
const ROUNDS = 14

let hub: TestHub
let validator: TestValidator

beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  await createWebsites(hub, 3)
  validator = await signUp(hub)
})
afterAll(() => hub.close())

async function round(socket: TaskSocket): Promise<WireTask[]> {
  hub.clock.advance(60_000)
  await hub.startRound(hub.clock.now())
  return socket.next()
}

describe('compiled documents of the channel', () => {
  it('give and take the same as the first runs did', async () => {
    const keys = new Set<string>()
    for (let index = 0; index < ROUNDS; index++) {
      const socket = await openTaskSocket(hub, validator.sessionToken)
      const [first, ...others] = await round(socket)
      if (!first) throw new Error('no task')
      keys.add(JSON.stringify({ ...first, callbackId: '', roundAt: '', deadlineAt: '', startAfterMs: 0 }))
      expect(await submitOne(hub, validator, first)).toMatchObject({
        tick: { status: 'Good', validator: { id: validator.id } },
      })
      expect(await submitOne(hub, validator, first, answer(first, { latencyUs: 7 }))).toMatchObject({
        reason: 'CONFLICT',
      })
      const batch = await submitBatch(hub, validator, [
        { task: first, tick: answer(first, { latencyUs: 7 }) },
        ...others.map((task) => ({ task })),
      ])
      expect(batch).toMatchObject({
        acceptedCount: 2,
        rejected: [{ callbackId: first.callbackId, reason: 'CONFLICT' }],
      })
      await socket.close()
    }
    expect(keys.size).toBe(1)
    expect(await hub.parts.store.prisma.websiteTick.count()).toBe(3 * ROUNDS)
  })

  it('end at once when their subscriber goes, and leave nothing behind', async () => {
    const socket = await openTaskSocket(hub, validator.sessionToken)
    const listeners = hub.parts.bus.listenerCount()
    await socket.close()
    await expect.poll(() => hub.parts.sessions.count()).toBe(0)
    expect(hub.parts.bus.listenerCount()).toBe(listeners)
  })

  it('tell of wrong variables in the words of graphql-js, with their code', async () => {
    const query = `mutation ($input: SubmitTicksInput!) { submitTicks(input: $input) { __typename } }`
    const answers = []
    for (let index = 0; index < ROUNDS; index++) {
      const { errors } = await hub.post(query, {
        variables: { input: { publicKey: 'x', hub: 1, ticks: [], signature: '' } },
      })
      answers.push(errors?.[0])
    }
    expect(answers[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } })
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
  })

  it('refuse whoever has no session, every time alike', async () => {
    const client = createClient({
      url: `${hub.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    })
    const answers: unknown[] = []
    for (let index = 0; index < ROUNDS; index++) {
      const { value } = (await client
        .iterate({ query: 'subscription { tasks { url } }' })
        .next()
        .catch((value: unknown) => ({ value }))) as { value: unknown }
      answers.push(value)
    }
    await client.dispose()
    expect(JSON.stringify(answers[0])).toMatch(/UNAUTHENTICATED/)
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
  })
})
