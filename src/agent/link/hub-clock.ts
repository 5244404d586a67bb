import type { Clock, MachineClock } from '../../clock.js'
import { narrowBounds } from './offset-bounds.js'
import type { HubReading, OffsetBounds } from './offset-bounds.js'

/** A timer that is late by less is right enough. */
const REARM_FROM_MS = 20

/** Rounds and deadlines are the hub's instants. It runs on the steady clock: setting the machine's moves nothing. */
export interface HubClock extends Clock {
  /** The hub's time less this machine's wall clock. */
  aheadMs(): number
  learn(reading: HubReading): void
}

export function createHubClock(machine: MachineClock): HubClock {
  /** Until the hub has said anything, the machine's own time is as good as any. */
  let offset = machine.now() - machine.elapsedMs()
  let bounds: OffsetBounds | null = null
  const timers = new Set<() => void>()
  const now = () => Math.floor(machine.elapsedMs() + offset)
  return {
    now,
    aheadMs: () => now() - machine.now(),
    at(instant, task) {
      let cancel = () => {}
      const arm = () => {
        cancel()
        // The machine's timers count from when they are made, so a step of its clock moves none.
        cancel = machine.at(machine.now() + instant - now(), () => {
          if (now() < instant) return arm()
          timers.delete(arm)
          task()
        })
      }
      timers.add(arm)
      arm()
      return () => {
        timers.delete(arm)
        cancel()
      }
    },
    learn(reading) {
      const before = offset
      bounds = narrowBounds(bounds, reading)
      offset = (bounds.low + bounds.high) / 2
      // Where the hub's time is behind what was thought, timers look again when they fire.
      if (offset - before >= REARM_FROM_MS) for (const arm of timers) arm()
    },
  }
}
