import type { Clock } from '../../clock.js'

/** Wakes those who wait for something to change. */
export interface News {
  tell(): void
  /** Resolves with the next news, or at the steady instant. */
  next(until: number): Promise<void>
}

export function createNews(clock: Clock): News {
  let waiting = new Set<() => void>()
  return {
    tell() {
      const woken = waiting
      waiting = new Set()
      for (const wake of woken) wake()
    },
    next: (until) =>
      new Promise((resolve) => {
        const wake = () => {
          cancel()
          resolve()
        }
        const cancel = clock.at(until, () => {
          waiting.delete(wake)
          resolve()
        })
        waiting.add(wake)
      }),
  }
}
