import { createHook } from 'node:async_hooks'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Store } from '../store/store.js'
import { insertWebsites } from '../testing/insert-websites.js'
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
let largeBuffers = 0
const watch = createHook({
  init(_id, type) {
    if (type === VERIFICATION) verifications += 1
  },
})

/** What is worth a count: Node.js reads from a socket in pieces of this size. */
const LARGE_BUFFER_BYTES = 64 * 1024
/** How many one batch may take, on whatever road and database: its message, its statement and their copies. */
const LARGE_BUFFERS_MAX = 12

/** Counts the large ones of all Buffers that are made from then on, by whomever in this process; returns the way to stop. */
function countLargeBuffers(): () => void {
  const originals = (['alloc', 'allocUnsafe', 'allocUnsafeSlow', 'concat', 'from'] as const).map(
    (name) => [name, Buffer[name] as (...input: unknown[]) => Buffer] as const,
  )
  for (const [name, make] of originals) {
    const counted = (...input: unknown[]) => {
      const before = largeBuffers
      const buffer = make.apply(Buffer, input)
      // Those that call each other count once.
      if (buffer.byteLength >= LARGE_BUFFER_BYTES && largeBuffers === before) largeBuffers += 1
      return buffer
    }
    Reflect.set(Buffer, name, counted)
  }
  return () => {
    for (const [name, make] of originals) Reflect.set(Buffer, name, make)
  }
}

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
  // The validator's own signature is made in this process, too.
  return { statements, verifications: verifications - 1 }
}

describe('a batch', () => {
  it('costs one statement and one verification, however many ticks it holds', async () => {
    // The first reads what is then known of the websites and of the key.
    await costOf((await beginRound()).tasks)
    const { tasks } = await beginRound()
    // The first of a round reads by which version of the check statement it is answered.
    expect(await costOf(tasks.slice(0, 1))).toEqual({ statements: 2, verifications: 1 })
    expect(await costOf(tasks.slice(1, 2))).toEqual({ statements: 1, verifications: 1 })
    expect(tasks.length).toBeGreaterThan(3)
    expect(await costOf(tasks.slice(2))).toEqual({ statements: 1, verifications: 1 })
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

describe('large buffers', () => {
  /** Of one batch of so many ticks, which is the hub's second of that size. */
  async function largeBuffersOf(ticks: number): Promise<number> {
    await costOf((await beginRound()).tasks.slice(0, ticks))
    const { tasks } = await beginRound()
    largeBuffers = 0
    await costOf(tasks.slice(0, ticks))
    return largeBuffers
  }

  it('of a batch are a few, and as many when the hub watches ten times the websites', async () => {
    await insertWebsites(hub.parts.store, 300 - WEBSITES)
    const stop = countLargeBuffers()
    const [few, many] = [await largeBuffersOf(150), await largeBuffersOf(300)]
    expect(few).toBeGreaterThan(0)
    expect(Math.max(few, many)).toBeLessThanOrEqual(LARGE_BUFFERS_MAX)
    await insertWebsites(hub.parts.store, 2_700)
    expect([await largeBuffersOf(150), await largeBuffersOf(300)]).toEqual([few, many])
    stop()
  })
})
