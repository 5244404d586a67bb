import { systemClock, type MachineClock } from '../clock.js'

/** The machine's clock as somebody sets it: what waits waits as long as before. */
export interface SteppingClock extends MachineClock {
  step(milliseconds: number): void
}

export function createSteppingClock(): SteppingClock {
  let aheadMs = 0
  return {
    now: () => systemClock.now() + aheadMs,
    elapsedMs: () => systemClock.elapsedMs(),
    at: (instant, task) => systemClock.at(instant - aheadMs, task),
    step: (milliseconds) => void (aheadMs += milliseconds),
  }
}
