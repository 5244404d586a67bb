import { setTimeout as sleep } from 'node:timers/promises'
import type { Parts } from '../parts.js'
import { commitTicks } from './commit-ticks.js'
import type { SoundTick, StoredOutcome } from './submission.js'

interface Waiting {
  ticks: readonly SoundTick[]
  resolve(outcomes: StoredOutcome[]): void
  reject(error: unknown): void
}

/** Where accepted answers go through: submissions that arrive while one commit runs share the next. */
export interface TickRecorder {
  /** What became of each tick, once committed. @throws when too many wait or the database does not answer. */
  record(ticks: readonly SoundTick[]): Promise<StoredOutcome[]>
  /** By `performance.now()`; 0 before the first. */
  lastCommitAt(): number
}

export function createTickRecorder(parts: Pick<Parts, 'store' | 'settings' | 'log'>): TickRecorder {
  const queue: Waiting[] = []
  let waitingTicks = 0
  let working = false
  let lastCommitAt = 0

  /** As many submissions as fit into one statement; at least one. */
  const take = (): Waiting[] => {
    let rows = 0
    let count = 0
    for (const { ticks } of queue) {
      rows += ticks.length
      if (count > 0 && rows > parts.store.rowsPerStatementMax) break
      count++
    }
    return queue.splice(0, count)
  }

  const commitAll = async () => {
    if (working) return
    working = true
    while (queue.length > 0) {
      if (waitingTicks < parts.store.rowsPerStatementMax) await sleep(parts.store.gatherMs)
      const taken = take()
      const ticks = taken.flatMap((one) => one.ticks)
      waitingTicks -= ticks.length
      try {
        const outcomes = await commitTicks(parts, ticks)
        lastCommitAt = performance.now()
        for (const one of taken) one.resolve(one.ticks.map((tick) => outcomes.get(tick) ?? 'UNSTORABLE'))
      } catch (error) {
        for (const one of taken) one.reject(error)
      }
    }
    working = false
  }

  return {
    record(ticks) {
      if (ticks.length === 0) return Promise.resolve([])
      if (waitingTicks + ticks.length > parts.settings.waitingTicksMax)
        return Promise.reject(new Error('too many ticks wait to be stored'))
      waitingTicks += ticks.length
      return new Promise((resolve, reject) => {
        queue.push({ ticks, resolve, reject })
        void commitAll()
      })
    },
    lastCommitAt: () => lastCommitAt,
  }
}
