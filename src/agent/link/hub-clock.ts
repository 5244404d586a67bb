import type { Clock } from '../../clock.js'

/** Rounds and deadlines are the hub's instants; a machine whose clock is off still keeps them. */
export interface HubClock extends Clock {
  setAhead(milliseconds: number): void
}

export function createHubClock(clock: Clock): HubClock {
  let aheadMs = 0
  return {
    now: () => clock.now() + aheadMs,
    at: (instant, task) => clock.at(instant - aheadMs, task),
    setAhead: (milliseconds) => {
      aheadMs = milliseconds
    },
  }
}
