import type { State } from '../../parts/state'
import type { Day } from './page-data'

/** What a day came to; the times add up to what of it lies between the website's registration and the newest round. */
export interface DayFigures {
  from: string
  ratio: number | null
  goodMs: number
  badMs: number
  inconclusiveMs: number
  maintenanceMs: number
  /** Without a verdict, the website being disabled included. */
  unmeasuredMs: number
  totalMs: number
  /** Share of the time of which nobody knows whether it was Good or Bad; null for a day before the website. */
  unknownRatio: number | null
  medianLatencyUs: number | null
  p95LatencyUs: number | null
}

const DAYS = 90

/** @param known when the website was added, and the end of the newest closed round. */
export function dayFigures(days: readonly Day[], known: { createdAt: string; until: string }): DayFigures[] {
  return days.slice(-DAYS).map((day) => figuresOf(day, known))
}

function figuresOf(day: Day, { createdAt, until }: { createdAt: string; until: string }): DayFigures {
  const { goodMs, badMs, inconclusiveMs, maintenanceMs } = {
    goodMs: day.goodMs ?? 0,
    badMs: day.badMs ?? 0,
    inconclusiveMs: day.inconclusiveMs ?? 0,
    maintenanceMs: day.maintenanceMs ?? 0,
  }
  const measuredMs = goodMs + badMs + inconclusiveMs + maintenanceMs
  const from = Math.max(Date.parse(day.from), Date.parse(createdAt))
  const lastsMs = Math.max(0, Math.min(Date.parse(day.to), Date.parse(until)) - from)
  const totalMs = Math.max(measuredMs, lastsMs)
  const unmeasuredMs = totalMs - measuredMs
  return {
    from: day.from,
    ratio: day.ratio,
    goodMs,
    badMs,
    inconclusiveMs,
    maintenanceMs,
    unmeasuredMs,
    totalMs,
    unknownRatio: totalMs === 0 ? null : (inconclusiveMs + unmeasuredMs) / totalMs,
    medianLatencyUs: day.medianLatencyUs,
    p95LatencyUs: day.p95LatencyUs,
  }
}

/** Any Bad time makes it a Bad day. Else it is what most of the measured time was. */
export function stateOfDay({ goodMs, badMs, inconclusiveMs, maintenanceMs }: DayFigures): State {
  if (badMs > 0) return 'BAD'
  const most = Math.max(goodMs, inconclusiveMs, maintenanceMs)
  if (most === 0) return 'NO_DATA'
  return most === goodMs ? 'GOOD' : most === inconclusiveMs ? 'INCONCLUSIVE' : 'MAINTENANCE'
}

export interface Part {
  state: State
  /** From the top of the plot down. */
  top: number
  height: number
}

/** Good days stay below this line, so that Bad ones stick out in grey as well. */
const HEIGHT = 48
const BAD_TOP = 12
const LEAST = 3

/**
 * A day as a column: its parts are as high as their share of the day, with a least height for what must not be
 * overlooked. Time that nobody measured leaves the column short.
 */
export function columnOf(day: DayFigures): Part[] {
  if (day.totalMs === 0 || day.totalMs === day.unmeasuredMs)
    return [{ state: 'NO_DATA', top: HEIGHT - LEAST, height: LEAST }]
  const room = HEIGHT - BAD_TOP
  const heightOf = (ms: number) => (ms === 0 ? 0 : Math.max(LEAST, (ms / day.totalMs) * room))
  const parts: Part[] = []
  let bottom = HEIGHT
  for (const [state, ms] of [
    ['MAINTENANCE', day.maintenanceMs],
    ['GOOD', day.goodMs],
    ['INCONCLUSIVE', day.inconclusiveMs],
  ] as const) {
    const height = Math.min(heightOf(ms), bottom - BAD_TOP)
    if (height <= 0) continue
    bottom -= height
    parts.push({ state, top: bottom, height })
  }
  if (day.badMs === 0) return parts
  const height = BAD_TOP + (day.badMs / day.totalMs) * room
  const covered = parts.flatMap((part) => {
    const top = Math.max(part.top, height)
    return part.top + part.height > top ? [{ ...part, top, height: part.top + part.height - top }] : []
  })
  return [...covered, { state: 'BAD', top: 0, height: Math.min(HEIGHT, height) }]
}
