import type { Clock, MachineClock } from './clock.js'

/** How much slower it goes while ahead: more than ordinary drift, too little for a validator to notice in a day. */
const SLOWER = 200e-6
/** Smaller steps back are ordinary. */
const TOLD_FROM_MS = 1_000

/**
 * The machine's clock, but never back: rounds are known by their instants, so after a step back the hub would begin
 * some twice or stop. It goes on from where it was, and follows forward steps.
 * @param floor Unix milliseconds: what the hub has done before; the clock starts no earlier.
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
          // This clock is slower than the machine's, or the machine's was set back in the meantime.
          if (now() < instant) arm()
          else task()
        })
      }
      arm()
      return () => cancel()
    },
  }
}
