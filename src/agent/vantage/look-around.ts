import type { Clock } from '../../clock.js'
import { LAG_MS, LOOK_MS, SILENT_MS } from './limits.js'
import type { Network } from './network.js'
import type { PreviousResults } from './previous-results.js'
import type { Watched } from './watch-check.js'

export interface LookAroundParts {
  clock: Clock
  network: Network
  previous: PreviousResults
  /** With their URLs. */
  underWay: ReadonlyMap<Watched, string>
  isBusy(): boolean
}

/** Looks again and again while checks run or are judged. */
export interface LookAround {
  begin(): void
  end(): void
}

export function lookAround({ clock, network, previous, underWay, isBusy }: LookAroundParts): LookAround {
  let cancel: (() => void) | null = null
  let dueAt = Infinity

  function look(): void {
    const now = clock.now()
    if (now > dueAt + LAG_MS) network.hearing.lag(now)
    cancel = null
    if (isBusy()) begin()
    network.look()
    for (const [watched, url] of underWay) {
      // A website that usually answers is silent, and so is everything else.
      for (const name of watched.suspects(previous.of(url))) {
        const line = network.lines[name]
        const isSilent = (line.aliveAt() ?? -Infinity) <= now - SILENT_MS && !line.isDead()
        if (isSilent && network.hearing.counts(name) && network.desk.mayAsk(name, 'SUSPECTED')) network.desk.ask(name)
      }
    }
  }
  function begin(): void {
    if (cancel !== null) return
    dueAt = clock.now() + LOOK_MS
    cancel = clock.at(dueAt, look)
  }
  return { begin, end: () => cancel?.() }
}
