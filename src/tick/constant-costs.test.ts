import { createHook } from 'node:async_hooks'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Store } from '../store/store.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { openTestStore } from '../testing/test-store.js'
import {
  createWebsites,
  openTaskSocket,
  signUp,
  submitBatch,
  type TestValidator,
  type WireTask,
} from '../testing/test-validator.js'

const WEBSITES = 120

/** What Node.js calls a signature that is made or checked on the thread pool. */
const VERIFICATION = 'SIGNREQUEST'

let hub: TestHub
let validator: TestValidator
let statements = 0
let verifications = 0
const watch = createHook({
  init(_id, type) {
    if (type === VERIFICATION) verifications += 1
  },
})

/** The store, with every statement counted that goes to the database, on whatever road. */
function counting(store: Store): Store {
  return {
    ...store,
    sql: {
      query: (text, parameters) => {
        statements += 1
        return store.sql.query(text, parameters)
      },
      run: (script) => {
        statements += 1
        return store.sql.run(script)
      },
    },
  }
}

beforeAll(async () => {
  hub = await startTestHub(inject('template'), {
    overrides: { store: counting(await openTestStore(inject('template'))) },
  })
  await createWebsites(hub, WEBSITES)
  validator = await signUp(hub)
  watch.enable()
})
afterAll(async () => {
  watch.disable()
  await hub.close()
})

async function beginRound(): Promise<{ tasks: WireTask[]; frames: number }> {
  hub.clock.advance(60_000)
  // The closing of the round before has statements of its own.
  await hub.parts.closer.closeDue()
  const socket = await openTaskSocket(hub, validator.sessionToken)
  let frames = 0
  socket.socket.on('message', () => (frames += 1))
  await hub.startRound(hub.clock.now())
  const tasks = await socket.next()
  await socket.close()
  return { tasks, frames }
}

/** Statements and verifications that the hub needs for one batch. */
async function costOf(tasks: readonly WireTask[]): Promise<{ statements: number; verifications: number }> {
  statements = 0
  verifications = 0
  const result = await submitBatch(
    hub,
    validator,
    tasks.map((task) => ({ task })),
  )
  expect(result).toMatchObject({ acceptedCount: tasks.length, rejected: [] })
  return { statements, verifications }
}

describe('a batch', () => {
  it('costs one statement and one verification, however many ticks it holds', async () => {
    // The first reads what is then known of the websites and of the key.
    await costOf((await beginRound()).tasks)
    const { tasks } = await beginRound()
    expect(await costOf(tasks.slice(0, 1))).toEqual({ statements: 1, verifications: 1 })
    expect(await costOf(tasks.slice(1))).toEqual({ statements: 1, verifications: 1 })
  })

  it('that repeats what is stored costs one statement more', async () => {
    const { tasks } = await beginRound()
    await costOf(tasks)
    expect(await costOf(tasks)).toEqual({ statements: 2, verifications: 1 })
  })

  it('is answered in one frame over a WebSocket, and a round comes in one', async () => {
    const { frames, tasks } = await beginRound()
    expect(tasks).toHaveLength(WEBSITES)
    expect(frames).toBe(1)
  })
})
