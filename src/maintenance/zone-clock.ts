import { Temporal } from 'temporal-polyfill'
import { DAY_MS } from '../time.js'

const MONTH_MS = 32 * DAY_MS

/** A *reading* of a clock is written as the Unix milliseconds that it would be in UTC, so that it can be counted in. */
export interface ZoneClock {
  /** In the order of time, each from its instant on; the first one holds for all time before, too. */
  offsets: readonly { from: number; offsetMs: number }[]
}

/** The clock of an IANA zone, true at least from one instant to another; null for a zone that this machine does not know. */
export type ReadClock = (timeZone: string, from: number, to: number) => ZoneClock | null

export const readZoneClock: ReadClock = (timeZone, from, to) => {
  const first = tryMoment(timeZone, from)
  if (first === null) return null
  let moment: Temporal.ZonedDateTime = first
  const offsets = [{ from: Number.NEGATIVE_INFINITY, offsetMs: offsetOf(moment) }]
  for (;;) {
    const next: Temporal.ZonedDateTime | null = moment.getTimeZoneTransition('next')
    if (next === null || next.epochMilliseconds > to) return { offsets }
    offsets.push({ from: next.epochMilliseconds, offsetMs: offsetOf(next) })
    moment = next
  }
}

/** Reads each clock once for a month, where many windows of few zones are looked at together. */
export function rememberClocks(): ReadClock {
  const clocks = new Map<string, ZoneClock | null>()
  return (timeZone, from, to) => {
    const [first, last] = [Math.floor(from / MONTH_MS), Math.ceil(to / MONTH_MS)]
    const key = `${first} ${last} ${timeZone}`
    const known = clocks.get(key)
    if (known !== undefined) return known
    const clock = readZoneClock(timeZone, first * MONTH_MS, last * MONTH_MS)
    clocks.set(key, clock)
    return clock
  }
}

function tryMoment(timeZone: string, instant: number): Temporal.ZonedDateTime | null {
  try {
    return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function offsetOf(moment: Temporal.ZonedDateTime): number {
  return moment.offsetNanoseconds / 1e6
}

export function readingAt({ offsets }: ZoneClock, instant: number): number {
  return instant + (offsets.findLast(({ from }) => from <= instant)?.offsetMs ?? 0)
}

export type ClockTime =
  /** The clock shows it, and of two times this is the first. */
  | { kind: 'shown'; at: number }
  /** The clock jumps over it at `jumpsAt`. `at` is as long after the jump as the reading is after the jump's beginning. */
  | { kind: 'skipped'; at: number; jumpsAt: number }

/** When the clock shows a reading. `at` is what Temporal calls the compatible resolution, on both sides of a change. */
export function whenShown({ offsets }: ZoneClock, reading: number): ClockTime {
  for (const [index, { from, offsetMs }] of offsets.entries()) {
    const at = reading - offsetMs
    if (at >= (offsets[index + 1]?.from ?? Number.POSITIVE_INFINITY)) continue
    if (at >= from) return { kind: 'shown', at }
    const before = offsets[index - 1]
    if (before) return { kind: 'skipped', at: reading - before.offsetMs, jumpsAt: from }
  }
  throw new Error('the last offset of a clock holds for ever')
}
