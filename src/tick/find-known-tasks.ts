import type { KnownValidator } from '../validator/validator-directory.js'
import { findTask, type FoundTask } from './find-task.js'
import { inTurns } from './in-turns.js'
import type { IntakeParts } from './intake.js'
import { refuseTick, type TickRefusal } from './refuse-tick.js'
import type { TaskFacts } from './task-facts.js'
import type { TickInput } from './tick-input.js'

export interface KnownTask {
  kind: 'known'
  task: FoundTask
  facts: TaskFacts
}

/** The tasks of answers, in their order, or why an answer is to none; all facts are read at once. */
export async function findKnownTasks(
  parts: IntakeParts,
  ticks: readonly TickInput[],
  validator: KnownValidator | null,
): Promise<(KnownTask | TickRefusal)[]> {
  const { facts, turnstile } = parts.intake
  const tasks = await inTurns(turnstile, ticks, (slice) =>
    Promise.all(slice.map((tick) => findTask(parts, tick, validator?.no ?? null))),
  )
  const found = tasks.filter((task) => task.kind === 'found')
  const foundFacts = await facts.find(found.map((task) => task.callback))
  let next = 0
  return tasks.map((task) => {
    if (task.kind === 'refused') return task
    const known = foundFacts[next++]
    return known ? { kind: 'known', task, facts: known } : refuseTick('UNKNOWN_CALLBACK')
  })
}
