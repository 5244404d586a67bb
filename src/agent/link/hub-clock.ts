import type { Clock } from '../../clock.js'

/** The hub's time, as far as it is known here. Rounds and deadlines are the hub's instants; a machine whose clock is off still keeps them. */
export interface HubClock extends Clock {
  /** Takes note by how much the hub's clock goes ahead of this machine's, in milliseconds. What was set before stays as it was. */
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
