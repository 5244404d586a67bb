import type { Clock } from '../../clock.js'

const ROUNDS_MAX = 20

/** When the first check of each round began here, on the steady clock. */
export function createRounds(clock: Clock) {
  const begun = new Map<number, number>()
  return {
    begin(roundAt: number): number {
      const at = begun.get(roundAt) ?? clock.now()
      if (!begun.has(roundAt)) begun.set(roundAt, at)
      if (begun.size > ROUNDS_MAX) for (const oldest of [...begun.keys()].slice(0, 1)) begun.delete(oldest)
      return at
    },
  }
}
