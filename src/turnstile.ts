/** Lets one job through in each turn of the event loop, so that a burst of them holds up nothing else. */
export interface Turnstile {
  /** Runs `work` after everything that entered before it. */
  enter(work: () => void): void
  /** Runs `work` in the next turn: for a job in several parts, so that it ends before another begins. */
  goOn(work: () => void): void
}

export function createTurnstile(): Turnstile {
  const begun: (() => void)[] = []
  const waiting: (() => void)[] = []
  let turnIsDue = false
  const awaitTurn = () => {
    if (turnIsDue || begun.length + waiting.length === 0) return
    turnIsDue = true
    setImmediate(() => {
      // Promises that a job sets off also run before the next turn: so there really is one job at a time.
      turnIsDue = false
      const work = begun.shift() ?? waiting.shift()
      work?.()
      awaitTurn()
    })
  }
  const join = (queue: (() => void)[]) => (work: () => void) => {
    queue.push(work)
    awaitTurn()
  }
  return { enter: join(waiting), goOn: join(begun) }
}

export function turn(turnstile: Turnstile): Promise<void> {
  return new Promise((resolve) => turnstile.enter(resolve))
}

export function nextTurn(turnstile: Turnstile): Promise<void> {
  return new Promise((resolve) => turnstile.goOn(resolve))
}
