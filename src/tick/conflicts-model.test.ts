import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Store } from '../store/store.js'
import { keptOpen } from '../testing/store-wrappers.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { balanceOf, joinHub, playRound, type TestMember } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import { answer, createWebsites, submitBatch, submitOne, type WireTask } from '../testing/test-validator.js'
import { listConflicts } from './list-conflicts.js'

const WEBSITES = 3
const REWARD = 100

/** Answers to some tasks, alone or together, sent to one of two hubs; `variant` tells one answer to a task from another. */
interface Step {
  hub: number
  answers: { task: number; variant: number }[]
  isBatch: boolean
}

const step: fc.Arbitrary<Step> = fc.record({
  hub: fc.nat({ max: 1 }),
  answers: fc.array(fc.record({ task: fc.nat({ max: WEBSITES - 1 }), variant: fc.nat({ max: 2 }) }), {
    minLength: 1,
    maxLength: 5,
  }),
  isBatch: fc.boolean(),
})

let store: Store
/** Two hubs on one database; whoever signs names the first. */
let hubs: TestHub[]
beforeAll(async () => {
  store = await openTestStore(inject('template'))
  const overrides = { store: keptOpen(store) }
  const first = await startTestHub(inject('template'), { overrides })
  const origins = [`http://127.0.0.1:${first.parts.settings.port}`]
  const second = await startTestHub(inject('template'), { overrides, clock: first.clock, settings: { origins } })
  hubs = [first, { ...second, url: first.url }]
  await createWebsites(first, WEBSITES)
})
afterAll(async () => {
  for (const hub of hubs) await hub.close()
  await store.close()
})

async function take({ hub: index, answers, isBatch }: Step, member: TestMember, tasks: readonly WireTask[]) {
  const hub = hubs[index] as TestHub
  const sent = answers.map(({ task: place, variant }) => {
    const task = tasks[place] as WireTask
    return { task, tick: answer(task, { latencyUs: 1_000 + variant }) }
  })
  if (isBatch) return submitBatch(hub, member, sent)
  return Promise.all(sent.map(({ task, tick }) => submitOne(hub, member, task, tick)))
}

const latencyOf = (statement: string) => Number(/^latency-us (\d+)$/m.exec(statement)?.[1])

describe('evidence', () => {
  it('is kept once of each task that was answered differently, whoever comes first, and the answer is paid once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const [hub] = hubs as [TestHub]
        const member = await joinHub(hub)
        const [tasks = []] = await playRound(hub, member)
        await Promise.all(steps.map((one) => take(one, member, tasks)))
        await member.socket.close()

        const said = tasks.map((_task, place) => {
          const answers = steps.flatMap((one) => one.answers).filter(({ task }) => task === place)
          return new Set(answers.map(({ variant }) => 1_000 + variant))
        })
        const page = { validatorId: member.id, olderThan: null, newerThan: null, limit: 100 }
        const found = await listConflicts(hub.parts, { ...page, order: 'oldestFirst' })
        const isOf = (task: WireTask) => (conflict: (typeof found)[number]) => conflict.websiteId === task.websiteId
        expect(tasks.map((task) => found.filter(isOf(task)).length)).toEqual(said.map(({ size }) => Number(size > 1)))
        for (const { websiteId, first, second } of found) {
          const place = tasks.findIndex((task) => task.websiteId === websiteId)
          const latencies = [first, second].map(({ statement }) => latencyOf(statement))
          expect(new Set(latencies).size).toBe(2)
          expect(latencies.filter((latency) => !said[place]?.has(latency))).toEqual([])
        }
        expect(await balanceOf(hub, member)).toBe(BigInt(said.filter(({ size }) => size > 0).length * REWARD))
        expect(hubs.flatMap(({ errors }) => errors)).toEqual([])
      }),
      { numRuns: 15, endOnFailure: true },
    )
  }, 120_000)
})
