/** What the event loop and the machine's clocks went through while something ran, in milliseconds. */
export interface Strain {
  /** All that the loop was late by. */
  lateMs: number
  /** The longest that it was late by at a time. */
  longestMs: number
  /** What it was late by when the watching ended: a timer that ended it was as late. */
  lateAtEndMs: number
  /** The largest step of the wall clock against the steady one: the machine was suspended, or its clock was set. */
  steppedMs: number
}

export interface StallWatch {
  /** Watches until the function that it returns is called. */
  begin(): () => Strain
}

export interface StallClocks {
  /** Milliseconds of a clock that nobody sets. */
  steady(): number
  wall(): number
  /** Calls again and again; returns the way to stop it. */
  every(milliseconds: number, task: () => void): () => void
}

const TICK_MS = 25
/** Timers and the other checks make a healthy loop late by as much. */
const ORDINARY_MS = 5
/** What is shorter is not kept singly. */
const KEPT_FROM_MS = 100
/** Timers that come due in one stretch run one after the other at its end. */
const END_MS = 100
/** Longer than any check. */
const KEPT_FOR_MS = 120_000

const MACHINE: StallClocks = {
  steady: () => performance.now(),
  wall: () => Date.now(),
  every(milliseconds, task) {
    const timer = setInterval(task, milliseconds).unref()
    return () => clearInterval(timer)
  },
}

interface Kept {
  from: number
  to: number
  steppedMs: number
}

/** Notes by a ticker how late the loop is; it runs only while somebody watches. */
export function watchStalls(clocks: StallClocks = MACHINE): StallWatch {
  let watching = 0
  let stop = () => {}
  let dueAt = 0
  /** Of the present tick. */
  let countedMs = 0
  let lateMs = 0
  let aheadMs = 0
  let kept: Kept[] = []

  const wallAhead = () => clocks.wall() - clocks.steady()
  function expectTick(now: number): void {
    dueAt = now + TICK_MS
    countedMs = 0
  }
  function start(): void {
    expectTick(clocks.steady())
    aheadMs = wallAhead()
    kept = []
    stop = clocks.every(TICK_MS, () => {
      look()
      expectTick(clocks.steady())
    })
  }
  /** Also between ticks, for a late timer of a check may run before the ticker. */
  function look(): void {
    const now = clocks.steady()
    const steppedMs = Math.abs(wallAhead() - aheadMs)
    const lateNowMs = now - dueAt
    if (lateNowMs > ORDINARY_MS) {
      lateMs += lateNowMs - countedMs
      countedMs = lateNowMs
    }
    if (lateNowMs < KEPT_FROM_MS && steppedMs < KEPT_FROM_MS) return
    aheadMs = wallAhead()
    const from = Math.min(dueAt, now)
    // The same stretch may be looked at several times.
    const known = kept.findLast((other) => other.from === from)
    kept = kept.filter((other) => other !== known && other.to > now - KEPT_FOR_MS)
    kept.push({ from, to: now, steppedMs: Math.max(steppedMs, known?.steppedMs ?? 0) })
  }

  return {
    begin() {
      if (watching === 0) start()
      else look()
      watching += 1
      const startedAt = clocks.steady()
      const lateBeforeMs = lateMs
      return () => {
        look()
        watching -= 1
        if (watching === 0) stop()
        if (kept.length === 0) return { lateMs: lateMs - lateBeforeMs, longestMs: 0, lateAtEndMs: 0, steppedMs: 0 }
        const endedAt = clocks.steady()
        const longestOf = (stretches: readonly Kept[]) =>
          Math.max(0, ...stretches.map(({ from, to }) => to - Math.max(from, startedAt)))
        const touching = kept.filter(({ to }) => to > startedAt)
        return {
          lateMs: lateMs - lateBeforeMs,
          longestMs: longestOf(touching),
          lateAtEndMs: longestOf(touching.filter(({ to }) => to >= endedAt - END_MS)),
          steppedMs: Math.max(0, ...touching.map(({ steppedMs }) => steppedMs)),
        }
      }
    },
  }
}
