/** Runs few jobs at a time and lets few wait, so that a flood is refused instead of piling up. */
export interface WorkQueue {
  /** Null when too many are waiting. */
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
    // The place is handed over, so that no newcomer takes it before those who wait.
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
