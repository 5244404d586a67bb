import type { Clock, MachineClock } from './clock.js'

/**
 * While it is ahead of the machine's clock it goes slower by this share: more than the drift for which clocks are set
 * back in ordinary life, and less in a day than a validator notices that has measured the hub's time at its signup.
 */
const SLOWER = 200e-6
/** Smaller steps back are an ordinary clock's, in milliseconds. */
const TOLD_FROM_MS = 1_000

/**
 * The hub's time: the machine's clock, but never back. Set back, the clock has shown its instants before, and rounds are
 * known by theirs: to begin them again would ask twice for one, and to wait would be blind for as long. So the hub's time
 * goes on from where it was, and sessions, challenges and deadlines last as long as they should. Set forward, it follows.
 * @param floor Unix milliseconds at which it begins when the machine's clock is behind: what the hub has done before.
 * @param onSetBack is told by how many milliseconds the machine's clock has come to be behind.
 */
export function createSteadyClock(machine: MachineClock, floor: number, onSetBack: (aheadMs: number) => void): Clock {
  let latest = floor
  let latestElapsedMs = machine.elapsedMs()
  let toldMs = 0
  const now = () => {
    const machineNow = machine.now()
    const elapsedMs = machine.elapsedMs()
    latest = Math.max(machineNow, latest + (elapsedMs - latestElapsedMs) * (1 - SLOWER))
    latestElapsedMs = elapsedMs
    const aheadMs = Math.floor(latest - machineNow)
    if (aheadMs > toldMs + TOLD_FROM_MS) onSetBack(aheadMs)
    if (aheadMs < toldMs || aheadMs > toldMs + TOLD_FROM_MS) toldMs = aheadMs
    return Math.floor(latest)
  }
  return {
    now,
    at(instant, task) {
      let cancel: () => void = () => undefined
      const arm = () => {
        cancel = machine.at(machine.now() + instant - now(), () => {
          // It goes slower than the machine's, or that was set back in between.
          if (now() < instant) arm()
          else task()
        })
      }
      arm()
      return () => cancel()
    },
  }
}
