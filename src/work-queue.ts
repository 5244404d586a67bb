/** Runs little at a time and lets little wait, so that a flood is turned away instead of piling up. */
export interface WorkQueue {
  /** Null when as much waits already as may. */
  run<Result>(work: () => Promise<Result>): Promise<Result> | null
}

export function createWorkQueue({ runningMax, waitingMax }: { runningMax: number; waitingMax: number }): WorkQueue {
  let running = 0
  const waiting: (() => void)[] = []
  const enter = async () => {
    if (running >= runningMax) return new Promise<void>((resolve) => void waiting.push(resolve))
    running += 1
  }
  const leave = () => {
    const next = waiting.shift()
    // Who leaves hands over the place, so that nobody who comes just now takes it before those who wait.
    if (next) next()
    else running -= 1
  }
  return {
    run(work) {
      if (running >= runningMax && waiting.length >= waitingMax) return null
      return enter().then(work).finally(leave)
    },
  }
}
