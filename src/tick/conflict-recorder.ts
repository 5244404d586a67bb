import { CONFLICTS_PER_STATEMENT, CONFLICTS_PER_VALIDATOR_MAX } from '../limits.js'
import type { Parts } from '../parts.js'
import { conflictId, type Conflict } from './conflict.js'
import { writeConflicts } from './write-conflicts.js'

export interface ConflictRecorder {
  /** Never throws, for what was decided about the answers does not depend on it. */
  record(conflicts: readonly Conflict[]): Promise<void>
}

/** Writes together what comes meanwhile, so that a flood of conflicts holds one connection; of each validator a bounded number waits. */
export function createConflictRecorder({ store, bus, log }: Pick<Parts, 'store' | 'bus' | 'log'>): ConflictRecorder {
  let waiting = new Map<string, Conflict>()
  let waitingOf = new Map<number, number>()
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | null = null

  const add = (conflict: Conflict) => {
    const { callback } = conflict.tick
    const id = conflictId(callback)
    const count = waitingOf.get(callback.validatorNo) ?? 0
    if (waiting.has(id) || count === CONFLICTS_PER_VALIDATOR_MAX) return
    waiting.set(id, conflict)
    waitingOf.set(callback.validatorNo, count + 1)
  }

  const writeAll = async () => {
    const taken = [...waiting.values()]
    waiting = new Map()
    waitingOf = new Map()
    next = null
    for (let first = 0; first < taken.length; first += CONFLICTS_PER_STATEMENT) {
      try {
        const count = await writeConflicts(store, taken.slice(first, first + CONFLICTS_PER_STATEMENT))
        if (count > 0) bus.publish('conflictsKept', { count })
      } catch (error) {
        log.error({ error }, 'conflicting answers could not be kept as evidence')
      }
    }
  }

  return {
    record(conflicts) {
      if (conflicts.length === 0) return Promise.resolve()
      for (const conflict of conflicts) add(conflict)
      next ??= running = running.then(writeAll)
      return next
    },
  }
}
