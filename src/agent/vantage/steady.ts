import type { Clock } from '../../clock.js'

/** Not moved when somebody sets the clock. Its instants are those of `performance.now()`. */
export const steady: Clock = {
  now: () => performance.now(),
  at(instant, task) {
    const timer = setTimeout(task, Math.max(0, instant - performance.now()))
    return () => clearTimeout(timer)
  },
}
