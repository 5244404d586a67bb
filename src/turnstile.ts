/** Lets one through in each turn of the event loop, so that what many ask for at once holds up nothing else. */
export interface Turnstile {
  /** Runs `work` when it is its turn, after all that came before it. */
  enter(work: () => void): void
  /** Runs `work` in the next turn: for who cuts up a long work, so that what is begun is ended before more is begun. */
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
      // What a work sets off in promises runs before the next turn too: only so is it really one at a time.
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

/** Resolves when it is one's turn. */
export function turn(turnstile: Turnstile): Promise<void> {
  return new Promise((resolve) => turnstile.enter(resolve))
}

/** Resolves when whoever has had a turn may go on. */
export function nextTurn(turnstile: Turnstile): Promise<void> {
  return new Promise((resolve) => turnstile.goOn(resolve))
}
