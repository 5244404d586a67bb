import { setMaxListeners } from 'node:events'

import type { Clock } from '../../clock.js'
import type { Measurement } from '../../protocol/tick.js'
import type { CheckOutcome, RefusalReason } from '../check/check-outcome.js'
import type { Task } from './read-task.js'
import { taskTimeoutMs } from './task-timing.js'

/** Four full rounds of a busy hub; more would let a hub fill the memory. */
const TASKS_MAX = 40_000

/** PROTOCOL §4: none is better than one that is not the website's fault. */
export type NoAnswer = RefusalReason | 'CALLED_OFF' | 'TOO_MANY_TASKS' | 'AGENT_FAULT'

export interface TaskRunnerParts {
  clock: Clock
  concurrency: number
  check(task: Task, timeoutMs: number, signal: AbortSignal): Promise<CheckOutcome>
  /** Tasks not known before; each is heard of once more. */
  onAccepted(tasks: readonly Task[]): void
  onMeasured(task: Task, measurement: Measurement): void
  onNoAnswer(task: Task, reason: NoAnswer, message: string): void
}

export interface TaskRunner {
  accept(tasks: readonly Task[]): void
  isIdle(): boolean
  /** Forgets those that have not begun and resolves when the others have ended. */
  drain(): Promise<void>
  abort(): void
}

export function createTaskRunner(parts: TaskRunnerParts): TaskRunner {
  const { clock, concurrency } = parts
  /** A hub that sends a round again must not get two answers. */
  const known = new Map<string, number>()
  const scheduled = new Map<Task, () => void>()
  const waiting = new Set<Task>()
  const running = new Set<Promise<void>>()
  const aborting = new AbortController()
  // Each running check listens; Node would warn of a leak at the eleventh.
  setMaxListeners(0, aborting.signal)
  let isDraining = false

  function remember(task: Task): boolean {
    if (isDraining || known.has(task.callbackId)) return false
    known.set(task.callbackId, task.deadlineAt)
    return true
  }
  function forgetEnded(): void {
    for (const [callbackId, deadlineAt] of known) if (deadlineAt < clock.now()) known.delete(callbackId)
  }
  function schedule(task: Task): void {
    if (scheduled.size + waiting.size >= TASKS_MAX) {
      parts.onNoAnswer(task, 'TOO_MANY_TASKS', `More than ${TASKS_MAX} tasks wait.`)
      return
    }
    const cancel = clock.at(task.startAt, () => {
      scheduled.delete(task)
      waiting.add(task)
      startNext()
    })
    scheduled.set(task, cancel)
  }
  function startNext(): void {
    for (const task of waiting) {
      if (running.size >= concurrency) return
      waiting.delete(task)
      const run: Promise<void> = runAndTell(task, () => running.delete(run))
      running.add(run)
    }
  }
  async function runAndTell(task: Task, leave: () => void): Promise<void> {
    const tell = await runTask(parts, task, aborting.signal)
    // First, so that whoever is told sees the truth in `isIdle`.
    leave()
    tell()
    startNext()
  }

  return {
    accept(tasks) {
      forgetEnded()
      const fresh = tasks.filter(remember)
      parts.onAccepted(fresh)
      for (const task of fresh) schedule(task)
    },
    isIdle: () => scheduled.size + waiting.size + running.size === 0,
    async drain() {
      isDraining = true
      const left = [...scheduled.keys(), ...waiting]
      for (const cancel of scheduled.values()) cancel()
      scheduled.clear()
      waiting.clear()
      for (const task of left) parts.onNoAnswer(task, 'CALLED_OFF', 'The validator is stopping.')
      await Promise.all(running)
    },
    abort: () => aborting.abort(),
  }
}

/** Resolves to the way to tell what came of it; never rejects. */
async function runTask(parts: TaskRunnerParts, task: Task, signal: AbortSignal): Promise<() => void> {
  const { startAt, deadlineAt, check } = task
  const timeoutMs = taskTimeoutMs({ startAt, deadlineAt, checkTimeoutMs: check.timeoutMs }, parts.clock.now())
  if (timeoutMs === null) return () => parts.onNoAnswer(task, 'NO_TIME', 'It could not begin in time.')
  try {
    const outcome = await parts.check(task, timeoutMs, signal)
    if (outcome.kind === 'measured') return () => parts.onMeasured(task, outcome.measurement)
    if (outcome.kind === 'refused') return () => parts.onNoAnswer(task, outcome.reason, outcome.message)
    return () => parts.onNoAnswer(task, 'CALLED_OFF', 'The validator is stopping.')
  } catch (error) {
    // A fault of ours must not be signed as one of the website's.
    return () => parts.onNoAnswer(task, 'AGENT_FAULT', `The check failed of itself: ${String(error)}`)
  }
}
