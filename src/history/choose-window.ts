import { formatInstant } from '../protocol/text-forms.js'
import { keptSince } from '../store/kept-since.js'
import { DAY_MS } from '../time.js'
import { type Period, type WindowName, WINDOWS_MS } from './period.js'
import { ceilTo, floorTo, isOnEdge, QUARTER_MS, VERDICT_LASTS_MAX_MS } from './spans.js'

export interface KnownTime {
  /** Unix milliseconds, as all instants here. */
  now: number
  /** The last round whose verdicts may be seen; null while there is none. */
  lastClosed: { roundAt: number; deadlineAt: number; intervalMs: number } | null
  verdictRetentionDays: number
  rollupRetentionDays: number | null
}

export type Basis = 'VERDICTS' | 'ROLLUPS'

export interface Window {
  kind: 'window'
  from: number
  /** Not included, and never later than the end of what is closed. */
  to: number
  basis: Basis
}

export interface WindowFault {
  kind: 'fault'
  argument: 'window' | 'from' | 'to'
  message: string
  /** The limit that was overstepped: days for a window, an instant for `from`. */
  limit?: number | string
  /** The instants before and after it that would do. */
  nearest?: [string, string]
}

export function chooseWindow(period: Period, known: KnownTime): Window | WindowFault {
  return 'window' in period ? namedWindow(period.window, known) : windowBetween(period.from, period.to, known)
}

/** A named window, as far as rollups are kept. */
export function namedWindow(window: WindowName, known: KnownTime): Window | WindowFault {
  const lengthMs = WINDOWS_MS[window]
  const { rollupRetentionDays } = known
  if (rollupRetentionDays !== null && lengthMs > rollupRetentionDays * DAY_MS) {
    const message = `\`window\` ${window} is longer than rollups are kept here, which is ${rollupRetentionDays} days.`
    return { kind: 'fault', argument: 'window', message, limit: rollupRetentionDays }
  }
  const to = endOfClosed(known)
  // The longer ones begin on an edge, so that they can be told from rollups alone; of an hour, a quarter more would be much.
  const spanMs = window === 'LAST_HOUR' && to - lengthMs >= verdictsKnownSince(known) ? 1 : QUARTER_MS
  const from = floorTo(to - lengthMs, spanMs)
  // Just after midnight a window as long as the retention would begin before what is kept.
  return made(Math.max(from, rollupsKeptSince(known)), to, known)
}

function windowBetween(from: number, to: number, known: KnownTime): Window | WindowFault {
  if (from >= to) return { kind: 'fault', argument: 'from', message: '`from` must lie before `to`.' }
  const tooOld = beforeRollups(from, known)
  if (tooOld) return tooOld
  const end = Math.max(from, Math.min(to, endOfClosed(known)))
  return offEdge('from', from, known) ?? offEdge('to', end, known) ?? made(from, end, known)
}

export function beforeRollups(from: number, known: KnownTime): WindowFault | null {
  const oldest = rollupsKeptSince(known)
  if (from >= oldest) return null
  const limit = formatInstant(oldest)
  const message = `\`from\` must not lie before ${limit}: rollups are kept ${known.rollupRetentionDays} days here.`
  return { kind: 'fault', argument: 'from', message, limit }
}

function offEdge(argument: 'from' | 'to', instant: number, known: KnownTime): WindowFault | null {
  if (isOnEdge(instant, QUARTER_MS) || instant >= verdictsKnownSince(known)) return null
  const nearest: [string, string] = [
    formatInstant(floorTo(instant, QUARTER_MS)),
    formatInstant(ceilTo(instant, QUARTER_MS)),
  ]
  const since = formatInstant(verdictsKnownSince(known))
  const message = `Before ${since} only rollups of 15 minutes are certainly kept: \`${argument}\` must be ${nearest.join(' or ')}.`
  return { kind: 'fault', argument, message, nearest }
}

function made(from: number, to: number, known: KnownTime): Window {
  const basis = from >= verdictsKnownSince(known) ? 'VERDICTS' : 'ROLLUPS'
  return { kind: 'window', from, to: Math.max(from, to), basis }
}

/** Since when each instant has its verdict for certain: a verdict may stand for the day after its round. */
export function verdictsKnownSince({ now, verdictRetentionDays }: KnownTime): number {
  return keptSince(now, verdictRetentionDays) + VERDICT_LASTS_MAX_MS
}

function rollupsKeptSince({ now, rollupRetentionDays }: KnownTime): number {
  return rollupRetentionDays === null ? -Infinity : keptSince(now, rollupRetentionDays)
}

/** What is later is not known yet. It does not move before another round is closed, and never lies in the future. */
export function endOfClosed(known: KnownTime): number {
  if (known.lastClosed === null) return known.now
  const { roundAt, deadlineAt, intervalMs } = known.lastClosed
  const end = Math.min(deadlineAt, roundAt + intervalMs)
  // Long after the last round only its rollup is left.
  return end >= verdictsKnownSince(known) ? end : floorTo(end, QUARTER_MS)
}
