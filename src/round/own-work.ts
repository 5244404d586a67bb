import type { Clock } from '../clock.js'

export interface OwnWork {
  /** Does `task` at an instant, unless it is closed by then. */
  later(instant: number, task: () => void): void
  /** Has `close` wait for the end of some work, however it ends. */
  track(work: Promise<unknown>): void
  isClosed(): boolean
  /** Calls off what waits, and waits for what is being done. */
  close(): Promise<void>
}

export function createOwnWork(clock: Clock): OwnWork {
  const waiting = new Set<() => void>()
  const working = new Set<Promise<unknown>>()
  let closed = false
  return {
    later(instant, task) {
      if (closed) return
      const cancel = clock.at(instant, () => {
        waiting.delete(cancel)
        task()
      })
      waiting.add(cancel)
    },
    track(work) {
      working.add(work)
      void work.catch(() => undefined).finally(() => working.delete(work))
    },
    isClosed: () => closed,
    async close() {
      closed = true
      for (const cancel of waiting) cancel()
      await Promise.allSettled(working)
    },
  }
}
