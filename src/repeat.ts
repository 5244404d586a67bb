import type { Clock } from './clock.js'

export interface Repeated {
  /** Starts no further run, aborts the current one and waits for it. */
  close(): Promise<void>
}

/** Waits `everyMs` after each run, so runs never overlap. After a fault it goes on as usual. */
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
