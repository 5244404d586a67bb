import { createManualClock } from '../manual-clock.js'
import type { ManualClock } from '../manual-clock.js'

/** Longer than any back-off of these tests, shorter than a round and than what a hub does over and over. */
const HORIZON_MS = 2500

/** A clock that jumps to what somebody waits for, if that is near; rounds, deadlines and sessions wait until the test moves it. */
export function createEagerClock(): ManualClock {
  const clock = createManualClock()
  return {
    ...clock,
    at(instant, task) {
      const cancel = clock.at(instant, task)
      if (instant - clock.now() < HORIZON_MS) setImmediate(() => clock.moveTo(Math.max(clock.now(), instant)))
      return cancel
    },
  }
}
