/** Time as every room sees it, so that a test can hold it still and move it by hand. Instants are Unix milliseconds. */
export interface Clock {
  now(): number
  /** Runs `task` once at `instant` or, if that is past, as soon as it may. Returns the way to call it off. */
  at(instant: number, task: () => void): () => void
}

/** A machine's clock, which somebody may set. */
export interface MachineClock extends Clock {
  /** Milliseconds since some instant; no setting of the clock changes how it goes. */
  elapsedMs(): number
}

/** Node's timers keep 31 bits of milliseconds; a longer wait fires at once. */
const TIMER_MAX_MS = 2_147_483_647

export const systemClock: MachineClock = {
  now: () => Date.now(),
  elapsedMs: () => performance.now(),
  at(instant, task) {
    let timer: NodeJS.Timeout
    const arm = () => {
      const waitMs = Math.max(0, instant - Date.now())
      timer = waitMs > TIMER_MAX_MS ? setTimeout(arm, TIMER_MAX_MS) : setTimeout(task, waitMs)
    }
    arm()
    return () => clearTimeout(timer)
  },
}
