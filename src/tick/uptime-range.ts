import { formatInstant } from '../protocol/text-forms.js'
import { keptSince } from './kept-since.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Lengths of the named windows in milliseconds. */
const UPTIME_WINDOWS_MS = { HOUR: HOUR_MS, DAY: DAY_MS, WEEK: 7 * DAY_MS } as const
export type UptimeWindow = keyof typeof UPTIME_WINDOWS_MS

/** Either a window or both ends, in Unix milliseconds. */
export interface AskedRange {
  window: UptimeWindow | null
  from: number | null
  to: number | null
}

/** What the choice depends on. */
export interface KnownTime {
  /** Unix milliseconds, as all instants here. */
  now: number
  /** The last round whose answers may be seen; null while there is none. */
  lastEnded: { roundAt: number; deadlineAt: number } | null
  tickRetentionDays: number
}

export interface UptimeRange {
  kind: 'range'
  from: number
  /** Not included, and never later than the deadline of the last ended round. */
  to: number
  /** Ticks of rounds before this instant count: `to`, or sooner where a round before `to` is still open. */
  until: number
}

export interface UptimeRangeFault {
  kind: 'fault'
  argument: 'window' | 'from' | 'to'
  message: string
  /** The limit that was overstepped: days for a window, an instant for `from`. */
  limit?: number | string
}

/** Which rounds a figure is made of, or why it cannot be made. */
export function chooseRange(asked: AskedRange, known: KnownTime): UptimeRange | UptimeRangeFault {
  const { window, from, to } = asked
  if (window !== null) {
    if (from === null && to === null) return rangeOfWindow(window, known)
    return { kind: 'fault', argument: 'window', message: '`window` goes without `from` and `to`.' }
  }
  if (from !== null && to !== null) return rangeBetween(from, to, known)
  const argument = from === null && to !== null ? 'from' : 'to'
  const message = 'Either `window` or both `from` and `to` are needed.'
  return { kind: 'fault', argument: from === to ? 'window' : argument, message }
}

function rangeOfWindow(window: UptimeWindow, known: KnownTime): UptimeRange | UptimeRangeFault {
  const lengthMs = UPTIME_WINDOWS_MS[window]
  const { tickRetentionDays, now } = known
  if (lengthMs > tickRetentionDays * DAY_MS) {
    const message = `\`window\` ${window} is longer than ticks are kept here, which is ${tickRetentionDays} days.`
    return { kind: 'fault', argument: 'window', message, limit: tickRetentionDays }
  }
  const to = endOf(known)
  // Just after midnight a window as long as the retention would begin before what is kept.
  return closeRange(Math.max(to - lengthMs, keptSince(now, tickRetentionDays)), to, known)
}

function rangeBetween(from: number, to: number, known: KnownTime): UptimeRange | UptimeRangeFault {
  if (from >= to) return { kind: 'fault', argument: 'from', message: '`from` must lie before `to`.' }
  const oldest = keptSince(known.now, known.tickRetentionDays)
  if (from < oldest) {
    const limit = formatInstant(oldest)
    const message = `\`from\` must not lie before ${limit}: ticks are kept ${known.tickRetentionDays} days here.`
    return { kind: 'fault', argument: 'from', message, limit }
  }
  return closeRange(from, Math.min(to, endOf(known)), known)
}

function closeRange(from: number, latest: number, { lastEnded }: KnownTime): UptimeRange {
  const to = Math.max(from, latest)
  return { kind: 'range', from, to, until: Math.min(to, lastEnded ? lastEnded.roundAt + 1 : from) }
}

/** Beyond it answers may still come. */
function endOf({ lastEnded, now }: KnownTime): number {
  return lastEnded?.deadlineAt ?? now
}
