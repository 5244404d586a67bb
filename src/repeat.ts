import type { Clock } from './clock.js'

/** A work that is done again and again. */
export interface Repeated {
  /** Begins nothing any more, and waits for what is being done. */
  close(): Promise<void>
}

/**
 * Does `work` again and again until it is closed. What takes long never overlaps itself: the wait begins when it has ended.
 * @param work is given the signal that ends it early once it is closed.
 * @param onFault is told why it failed; the next time is as if it had not.
 */
export function repeat(
  clock: Clock,
  everyMs: number,
  work: (stop: AbortSignal) => Promise<void>,
  onFault: (error: unknown) => void,
): Repeated {
  const stop = new AbortController()
  let working: Promise<void> = Promise.resolve()
  let cancel: () => void = () => undefined
  const again = () => {
    if (stop.signal.aborted) return
    cancel = clock.at(clock.now() + everyMs, () => {
      working = work(stop.signal).catch(onFault).then(again)
    })
  }
  again()
  return {
    async close() {
      stop.abort()
      cancel()
      await working
    },
  }
}
