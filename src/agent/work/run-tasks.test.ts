import { expect, test } from 'vitest'

import { DEFAULT_CHECK } from '../../protocol/check.js'
import { createManualClock } from '../../testing/manual-clock.js'
import type { TaskOutcome } from './check-task.js'
import type { Task } from './read-task.js'
import { createTaskRunner } from './run-tasks.js'

const START = Date.parse('2026-11-22T13:00:00.000Z')

function task(name: string, changes: Partial<Task> = {}): Task {
  const times = { round: '2026-11-22T13:00:00.000Z', roundAt: START, startAt: START, deadlineAt: START + 45_000 }
  return { callbackId: name, websiteId: name, url: 'http://a.example/', check: DEFAULT_CHECK, ...times, ...changes }
}

/** Checks whose two ends, that of the check and that of its judgement, the test gives. */
function createHeldChecks() {
  const begun: {
    name: string
    timeoutMs: number
    end: () => void
    judge: (outcome: TaskOutcome) => void
    fail: (fault: Error) => void
  }[] = []
  const check = ({ callbackId: name }: Task, timeoutMs: number) => {
    let judge: (outcome: TaskOutcome) => void = () => {}
    const judged = new Promise<TaskOutcome>((resolve) => (judge = resolve))
    return new Promise<() => Promise<TaskOutcome>>((resolve, reject) => {
      begun.push({ name, timeoutMs, end: () => resolve(() => judged), judge, fail: reject })
    })
  }
  return { begun, check }
}

function start(places: number) {
  const clock = createManualClock()
  const { begun, check } = createHeldChecks()
  const told: string[] = []
  const runner = createTaskRunner({
    clock,
    places: () => places,
    check,
    onAccepted: () => {},
    onMeasured: ({ callbackId }) => told.push(`${callbackId} MEASURED`),
    onNoAnswer: ({ callbackId }, reason) => told.push(`${callbackId} ${reason}`),
  })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  return { clock, begun, told, runner, turn }
}

test('a check that waits for evidence holds no place, and is waited for', async () => {
  const { clock, begun, told, runner, turn } = start(1)
  runner.accept([task('a'), task('b')])
  clock.advance(0)
  expect(begun.map(({ name }) => name)).toEqual(['a'])
  begun[0]?.end()
  await turn()
  expect(begun.map(({ name }) => name)).toEqual(['a', 'b'])
  begun[1]?.end()
  await turn()
  expect(runner.isIdle()).toBe(false)
  const drained = runner.drain()
  begun[1]?.judge({ kind: 'abstained', reason: 'NO_NETWORK', message: 'No way out.' })
  begun[0]?.judge({ kind: 'aborted' })
  await drained
  expect(told).toEqual(['b NO_NETWORK', 'a CALLED_OFF'])
  expect(runner.isIdle()).toBe(true)
})

test('a check that fails of itself frees its place and is no answer', async () => {
  const { clock, begun, told, runner, turn } = start(1)
  runner.accept([task('a'), task('b')])
  clock.advance(0)
  begun[0]?.fail(new Error('broken'))
  await turn()
  expect(told).toEqual(['a AGENT_FAULT'])
  expect(begun.map(({ name }) => name)).toEqual(['a', 'b'])
})

test('thousands that are too late to begin are told so, and the next one begins', async () => {
  const { clock, begun, told, runner, turn } = start(1)
  const late = Array.from({ length: 20_000 }, (_, index) => task(`late ${index}`))
  runner.accept([task('first'), ...late])
  clock.advance(0)
  clock.advance(44_000)
  runner.accept([task('next', { startAt: START + 44_000, deadlineAt: START + 90_000 })])
  clock.advance(0)
  begun[0]?.end()
  begun[0]?.judge({ kind: 'aborted' })
  await turn()
  expect(told.filter((one) => one.endsWith(' NO_TIME'))).toHaveLength(late.length)
  expect(told.filter((one) => !one.endsWith(' NO_TIME'))).toEqual(['first CALLED_OFF'])
  expect(begun.map(({ name }) => name)).toEqual(['first', 'next'])
})

test('in a round of 5 s and with a time-out longer than the round a check has its planned time, or none', async () => {
  const { clock, begun, told, runner, turn } = start(1)
  const short = { startAt: START + 1_000, deadlineAt: START + 3_750 }
  const long = { startAt: START + 5_000, check: { ...DEFAULT_CHECK, timeoutMs: 60_000 } }
  runner.accept([task('a', short), task('b', short), task('c', long)])
  clock.advance(1_000)
  clock.advance(251)
  begun[0]?.end()
  begun[0]?.judge({ kind: 'aborted' })
  await turn()
  clock.moveTo(START + 5_100)
  await turn()
  expect(begun.map(({ name, timeoutMs }) => [name, timeoutMs])).toEqual([
    ['a', 2_250],
    ['c', 39_500],
  ])
  expect(told).toContain('b NO_TIME')
})
