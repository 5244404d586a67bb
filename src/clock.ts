/** Time as every room sees it, so that a test can hold it still and move it by hand. Instants are Unix milliseconds. */
export interface Clock {
  now(): number
  /** Runs `task` once at `instant` or, if that is past, as soon as it may. Returns the way to call it off. */
  at(instant: number, task: () => void): () => void
}

/** Node's timers keep 31 bits of milliseconds; a longer wait fires at once. */
const TIMER_MAX_MS = 2_147_483_647

export const systemClock: Clock = {
  now: () => Date.now(),
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
