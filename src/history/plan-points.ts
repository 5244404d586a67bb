import { readingAt, readZoneClock, whenShown } from '../maintenance/zone-clock.js'
import { formatInstant } from '../protocol/text-forms.js'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.js'
import { beforeRollups, type KnownTime, verdictsKnownSince } from './choose-window.js'
import { ceilTo, floorTo, isOnEdge, QUARTER_MS } from './spans.js'

export const POINTS_MAX = 2_000

const STEPS_MS = { MINUTE: MINUTE_MS, HOUR: HOUR_MS, DAY: DAY_MS } as const
export type Resolution = keyof typeof STEPS_MS

export interface AskedPoints {
  /** Unix milliseconds, as `to`. */
  from: number
  to: number
  resolution: Resolution
  timeZone: string
}

/** Where points begin and end: each begins where the one before it ends. */
export interface PlannedPoints {
  kind: 'points'
  /** Unix milliseconds, one more than there are points. */
  edges: readonly number[]
  source: 'verdicts' | 'quarters' | 'days'
}

export interface PointsFault {
  kind: 'fault'
  argument: 'window' | 'from' | 'to' | 'resolution' | 'timeZone'
  message: string
  limit?: number | string
  /** The finest resolution that would do; null when none does. */
  fits?: Resolution | null
}

/** Which points an owner is shown: whole minutes, hours or days, the first with `from` in it, the last up to `to`. */
export function planPoints(asked: AskedPoints, known: KnownTime): PlannedPoints | PointsFault {
  const { from, to, resolution, timeZone } = asked
  if (from >= to) return { kind: 'fault', argument: 'from', message: '`from` must lie before `to`.' }
  // Before edges are made: from the year 0 on they would be many.
  if ((to - from) / STEPS_MS[resolution] > POINTS_MAX + 1) return tooMany(asked)
  const edges = resolution === 'DAY' ? dayEdges(asked) : evenEdges(asked)
  if (edges === null) {
    const message = '`timeZone` must be the IANA name of a time zone that this hub knows, such as Europe/Berlin.'
    return { kind: 'fault', argument: 'timeZone', message }
  }
  if (edges.length - 1 > POINTS_MAX) return tooMany(asked)
  if (resolution === 'MINUTE') return verdictsGone(from, known) ?? { kind: 'points', edges, source: 'verdicts' }
  if (edges.some((edge) => !isOnEdge(edge, QUARTER_MS))) {
    const message = `The days of ${timeZone} do not all begin on a quarter of an hour then, and history is kept by these.`
    return { kind: 'fault', argument: 'timeZone', message }
  }
  const isUtc = edges.every((edge) => isOnEdge(edge, DAY_MS))
  const source = resolution === 'DAY' && isUtc ? 'days' : 'quarters'
  const tooOld = beforeRollups(edges[0] ?? from, known)
  if (!tooOld) return { kind: 'points', edges, source }
  return {
    kind: 'fault',
    argument: 'from',
    message: tooOld.message,
    ...(tooOld.limit !== undefined && { limit: tooOld.limit }),
  }
}

/** The shortest day of a zone whose clocks change. */
const SHORTEST_DAY_MS = 23 * HOUR_MS

/** The most points that so much time can take: those at its ends lie in it in part only. */
export function mostPoints(lengthMs: number, resolution: Resolution): number {
  const stepMs = resolution === 'DAY' ? SHORTEST_DAY_MS : STEPS_MS[resolution]
  return Math.min(Math.max(1, Math.ceil(lengthMs / stepMs) + 1), POINTS_MAX)
}

function evenEdges({ from, to, resolution }: AskedPoints): number[] {
  const stepMs = STEPS_MS[resolution]
  const first = floorTo(from, stepMs)
  return Array.from({ length: ceilTo(to, stepMs) / stepMs - first / stepMs + 1 }, (_, index) => first + index * stepMs)
}

/** A day begins at its first instant: with the jump where the clock skips midnight. Null for a zone that is none. */
function dayEdges(asked: AskedPoints): number[] | null {
  const { from, to, timeZone } = asked
  const clock = clockOf(asked)
  if (clock === null) return null
  if (timeZone === 'UTC') return evenEdges(asked)
  const edges = new Set<number>()
  for (let day = floorTo(readingAt(clock, from), DAY_MS); ; day += DAY_MS) {
    const start = whenShown(clock, day)
    const at = start.kind === 'shown' ? start.at : start.jumpsAt
    // A day that a zone has left out begins with the next one.
    edges.add(at)
    if (at >= to) return [...edges]
  }
}

function clockOf({ from, to, timeZone }: AskedPoints) {
  try {
    return readZoneClock(timeZone, from - 2 * DAY_MS, to + 2 * DAY_MS)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function tooMany({ from, to }: AskedPoints): PointsFault {
  // Points at both ends may hold less of the stretch, and days may be short.
  const fits =
    (['MINUTE', 'HOUR', 'DAY'] as const).find((name) => (to - from) / STEPS_MS[name] <= POINTS_MAX - 2) ?? null
  const advice = fits === null ? 'ask for a shorter stretch of time' : `\`resolution\` ${fits} fits`
  const message = `That is more than ${POINTS_MAX} points: ${advice}.`
  return { kind: 'fault', argument: 'resolution', message, limit: POINTS_MAX, fits }
}

function verdictsGone(from: number, known: KnownTime): PointsFault | null {
  const since = verdictsKnownSince(known)
  if (from >= since) return null
  const limit = formatInstant(since)
  const message = `\`from\` must not lie before ${limit} with \`resolution\` MINUTE: only rollups are certainly kept of earlier time. HOUR fits.`
  return { kind: 'fault', argument: 'from', message, limit, fits: 'HOUR' }
}
