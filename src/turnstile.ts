/** Lets one through in each turn of the event loop, so that what many ask for at once holds up nothing else. */
export interface Turnstile {
  /** Runs `work` when it is its turn, after all that came before it. */
  enter(work: () => void): void
}

export function createTurnstile(): Turnstile {
  const waiting: (() => void)[] = []
  // What a work sets off in promises runs before the next turn too: only so is it really one at a time.
  const letThrough = () => {
    const work = waiting[0]
    work?.()
    waiting.shift()
    if (waiting.length > 0) setImmediate(letThrough)
  }
  return {
    enter(work) {
      waiting.push(work)
      if (waiting.length === 1) setImmediate(letThrough)
    },
  }
}

/** Resolves when it is one's turn. */
export function turn(turnstile: Turnstile): Promise<void> {
  return new Promise((resolve) => turnstile.enter(resolve))
}
