/** Injected everywhere, so that a test can stop time and move it by hand. Instants are Unix milliseconds. */
export interface Clock {
  now(): number
  /** Runs `task` once at `instant`, or at once if that has passed. Returns a function that cancels it. */
  at(instant: number, task: () => void): () => void
}

export interface MachineClock extends Clock {
  /** Monotonic: not affected when somebody sets the clock. */
  elapsedMs(): number
}

/** Node's timers hold 31 bits of milliseconds; a longer wait would fire at once. */
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
