import type { MachineClock } from '../clock.js'

/** A clock that stands still until a test moves it. */
export interface ManualClock extends MachineClock {
  /** Moves to `instant` and runs what came due, in the order of its instants. */
  moveTo(instant: number): void
  advance(milliseconds: number): void
  /** Is at `instant` at once, as after a machine's sleep, and then runs what came due before it. */
  jumpTo(instant: number): void
  /** Is set to `instant`, forward or back: no time passes by that, and what waits waits as long as before. */
  setTo(instant: number): void
  /** How many tasks wait. */
  pendingCount(): number
}

/** Unix milliseconds. */
export const MANUAL_CLOCK_START = Date.parse('2026-11-22T13:00:00.000Z')

export function createManualClock(start = MANUAL_CLOCK_START): ManualClock {
  let now = start
  /** By how much it was set. */
  let setMs = 0
  const pending = new Set<{ instant: number; task: () => void }>()
  const clock: ManualClock = {
    now: () => now,
    elapsedMs: () => now - setMs,
    at(instant, task) {
      const entry = { instant, task }
      pending.add(entry)
      return () => void pending.delete(entry)
    },
    moveTo(instant) {
      for (;;) {
        const due = [...pending].filter((entry) => entry.instant <= instant).sort((a, b) => a.instant - b.instant)[0]
        if (!due) break
        pending.delete(due)
        now = Math.max(now, due.instant)
        due.task()
      }
      now = instant
    },
    jumpTo(instant) {
      now = instant
      clock.moveTo(instant)
    },
    setTo(instant) {
      for (const entry of pending) entry.instant += instant - now
      setMs += instant - now
      now = instant
    },
    advance: (milliseconds) => clock.moveTo(now + milliseconds),
    pendingCount: () => pending.size,
  }
  return clock
}
