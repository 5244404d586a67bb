import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Store } from '../store/store.js'
import { createManualClock } from '../testing/manual-clock.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { openTestStore } from '../testing/test-store.js'
import {
  answer,
  createWebsites,
  openTaskSocket,
  signUp,
  submitBatch,
  submitOne,
  type TestValidator,
  type WireTask,
} from '../testing/test-validator.js'

const VALIDATORS = 2
const WEBSITES = 4
const REWARD = 100

/** One thing that a validator does; `variant` tells one answer to a task from another. */
type Step =
  | { do: 'single' | 'forged'; validator: number; task: number; variant: number }
  | { do: 'batch'; validator: number; tasks: number[]; variant: number }
  | { do: 'sign up again'; validator: number }

const index = (below: number) => fc.nat({ max: below - 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('single' as const, 'single' as const, 'forged' as const),
    validator: index(VALIDATORS),
    task: index(WEBSITES),
    variant: index(2),
  }),
  fc.record({
    do: fc.constant('batch' as const),
    validator: index(VALIDATORS),
    tasks: fc.array(index(WEBSITES), { minLength: 1, maxLength: 6 }),
    variant: index(2),
  }),
  fc.record({ do: fc.constant('sign up again' as const), validator: index(VALIDATORS) }),
)
/** Steps of a group run at the same time; between groups the hub may be started anew on the same database. */
const scenario = fc.array(fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 6 }), restart: fc.boolean() }), {
  minLength: 1,
  maxLength: 4,
})

let store: Store
let hub: TestHub
const clock = createManualClock()
const validators: TestValidator[] = []

/** The database outlives the hubs that are started on it. */
const startOnStore = () =>
  startTestHub(inject('template'), { clock, overrides: { store: { ...store, close: async () => undefined } } })

beforeAll(async () => {
  store = await openTestStore(inject('template'))
  hub = await startOnStore()
  await createWebsites(hub, WEBSITES)
  for (let count = 0; count < VALIDATORS; count++) validators.push(await signUp(hub))
})
afterAll(async () => {
  await hub.close()
  await store.close()
})

async function beginRound(): Promise<WireTask[][]> {
  clock.advance(60_000)
  const sockets = await Promise.all(validators.map((validator) => openTaskSocket(hub, validator.sessionToken)))
  await hub.startRound(clock.now())
  const tasks = await Promise.all(sockets.map((socket) => socket.next()))
  await Promise.all(sockets.map((socket) => socket.close()))
  return tasks
}

/** An answer by its variant: its latency, so that what is stored tells which one it was. */
const latencyOf = (variant: number) => 1_000 + variant

/** Takes one step and tells which answers were acknowledged as accepted, `validator/callback/latency`. */
async function take(one: Step, tasks: readonly WireTask[][]): Promise<string[]> {
  const validator = validators[one.validator] as TestValidator
  if (one.do === 'sign up again') {
    validators[one.validator] = await signUp(hub, validator.keys)
    return []
  }
  const latencyUs = latencyOf(one.variant)
  const taskAt = (place: number) => tasks[one.validator]?.[place] as WireTask
  const mark = (task: WireTask) => `${validator.id}/${task.websiteId}/${task.roundAt}/${latencyUs}`
  if (one.do !== 'batch') {
    const task = taskAt(one.task)
    const signer = one.do === 'forged' ? validators[(one.validator + 1) % VALIDATORS] : validator
    const spoiled = one.do === 'forged' ? { publicKey: validator.keys.publicKey } : {}
    const result = await submitOne(hub, signer as TestValidator, task, answer(task, { latencyUs }), spoiled)
    // What another has signed is refused whatever came before it.
    if ((result.reason === 'BAD_SIGNATURE') !== (one.do === 'forged')) throw new Error(`${one.do}: ${result.reason}`)
    return result.__typename === 'SubmitTickSuccess' ? [mark(task)] : []
  }
  const answers = one.tasks.map((place) => ({ task: taskAt(place), tick: answer(taskAt(place), { latencyUs }) }))
  const result = await submitBatch(hub, validator, answers)
  const rejected = new Set(result.rejected?.map(({ callbackId }) => callbackId))
  expect(result.acceptedCount).toBe(answers.filter(({ task }) => !rejected.has(task.callbackId)).length)
  return answers.filter(({ task }) => !rejected.has(task.callbackId)).map(({ task }) => mark(task))
}

async function readStored(): Promise<string[]> {
  return (
    await store.sql.query<{ mark: string }>(
      `SELECT v.id || '/' || w.id || '/' || to_char(t."roundAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '/' || t."latencyUs" AS mark
       FROM "WebsiteTick" t JOIN "Validator" v ON v.no = t."validatorNo" JOIN "Website" w ON w.no = t."websiteNo"`,
    )
  ).map((row) => row.mark)
}

describe('intake', () => {
  it('stores and pays exactly what it acknowledges, whatever happens in whatever order', async () => {
    const acknowledged = new Set<string>()
    await fc.assert(
      fc.asyncProperty(scenario, async (groups) => {
        const tasks = await beginRound()
        for (const { steps, restart } of groups) {
          const accepted = await Promise.all(steps.map((one) => take(one, tasks)))
          for (const mark of accepted.flat()) acknowledged.add(mark)
          if (!restart) continue
          await hub.close()
          hub = await startOnStore()
        }
        const stored = await readStored()
        // One row a callback, each of them acknowledged, each acknowledged one a row.
        expect(new Set(stored)).toEqual(acknowledged)
        expect(stored).toHaveLength(acknowledged.size)
        const balances = await store.prisma.validator.findMany({ select: { pendingPayouts: true } })
        const paid = balances.reduce((sum, { pendingPayouts }) => sum + pendingPayouts, 0n)
        expect(paid).toBe(BigInt(stored.length * REWARD))
      }),
      { numRuns: 12, endOnFailure: true },
    )
  }, 120_000)
})
