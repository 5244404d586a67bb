import { setMaxListeners } from 'node:events'

import type { Clock } from '../../clock.js'
import type { Measurement } from '../../protocol/tick.js'
import { abstained } from '../check/abstained.js'
import type { TaskCheck, TaskOutcome } from './check-task.js'
import type { NoAnswer } from './hub-reason.js'
import type { Task } from './read-task.js'
import { taskTimeoutMs } from './task-timing.js'

/** Four full rounds of a busy hub; more would let a hub fill the memory. */
const TASKS_MAX = 40_000

export interface TaskRunnerParts {
  clock: Clock
  /** How many checks may run at once now. */
  places(): number
  check: TaskCheck
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
  const { clock } = parts
  const known = rememberTasks(clock)
  const scheduled = new Map<Task, () => void>()
  const waiting = new Set<Task>()
  /** Those that hold a place. */
  let running = 0
  /** Also those that wait for evidence, and hold no place. */
  const begun = new Set<Promise<void>>()
  const aborting = new AbortController()
  // Each running check listens; Node would warn of a leak at the eleventh.
  setMaxListeners(0, aborting.signal)
  let isDraining = false

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
      if (running >= parts.places()) return
      waiting.delete(task)
      running += 1
      const run: Promise<void> = runAndTell(task, () => begun.delete(run))
      begun.add(run)
    }
  }
  async function runAndTell(task: Task, end: () => void): Promise<void> {
    const tell = await runTask(parts, task, { signal: aborting.signal, leavePlace })
    // First, so that whoever is told sees the truth in `isIdle`.
    end()
    tell()
  }
  function leavePlace(): void {
    running -= 1
    // In a turn of its own: thousands that are too late would each begin the next within itself.
    queueMicrotask(startNext)
  }

  return {
    accept(tasks) {
      const fresh = isDraining ? [] : known.takeNew(tasks)
      parts.onAccepted(fresh)
      for (const task of fresh) schedule(task)
    },
    isIdle: () => scheduled.size + waiting.size + begun.size === 0,
    async drain() {
      isDraining = true
      const left = [...scheduled.keys(), ...waiting]
      for (const cancel of scheduled.values()) cancel()
      scheduled.clear()
      waiting.clear()
      for (const task of left) parts.onNoAnswer(task, 'CALLED_OFF', 'The validator is stopping.')
      await Promise.all(begun)
    },
    abort: () => aborting.abort(),
  }
}

/** A hub that sends a round again must not get two answers. */
function rememberTasks(clock: Clock) {
  const known = new Map<string, number>()
  const isNew = ({ callbackId, deadlineAt }: Task) => {
    if (known.has(callbackId)) return false
    known.set(callbackId, deadlineAt)
    return true
  }
  return {
    takeNew(tasks: readonly Task[]): Task[] {
      for (const [callbackId, deadlineAt] of known) if (deadlineAt < clock.now()) known.delete(callbackId)
      return tasks.filter(isNew)
    },
  }
}

interface RunTerms {
  signal: AbortSignal
  leavePlace(): void
}

/** Resolves to the way to tell what came of it; never rejects. */
async function runTask(parts: TaskRunnerParts, task: Task, terms: RunTerms): Promise<() => void> {
  try {
    return tellOutcome(parts, task, await checkInTime(parts, task, terms))
  } catch (error) {
    // A fault of ours must not be signed as one of the website's.
    const message = `The check failed of itself, which is a bug of this program: ${String(error)}`
    return () => parts.onNoAnswer(task, 'AGENT_FAULT', message)
  }
}

async function checkInTime(parts: TaskRunnerParts, task: Task, { signal, leavePlace }: RunTerms): Promise<TaskOutcome> {
  const { startAt, deadlineAt, check } = task
  let judge: () => Promise<TaskOutcome>
  try {
    const timeoutMs = taskTimeoutMs({ startAt, deadlineAt, checkTimeoutMs: check.timeoutMs }, parts.clock.now())
    if (timeoutMs === null) return abstained('NO_TIME', NO_TIME)
    judge = await parts.check(task, timeoutMs, signal)
  } finally {
    leavePlace()
  }
  return judge()
}

const NO_TIME =
  'Checks could not begin in time to have all of their time: raise --concurrency, or give this machine more CPU.'

function tellOutcome(parts: TaskRunnerParts, task: Task, outcome: TaskOutcome): () => void {
  switch (outcome.kind) {
    case 'measured':
      return () => parts.onMeasured(task, outcome.measurement)
    case 'aborted':
      return () => parts.onNoAnswer(task, 'CALLED_OFF', 'The validator is stopping.')
    default:
      return () => parts.onNoAnswer(task, outcome.reason, outcome.message)
  }
}
