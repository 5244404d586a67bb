import { describe, expect, it } from 'vitest'
import { columnOf, dayFigures, stateOfDay, type DayFigures } from './day-figures'
import type { Day } from './page-data'

const HOUR = 3_600_000
const NOTHING = {
  ratio: null,
  goodMs: null,
  badMs: null,
  inconclusiveMs: null,
  maintenanceMs: null,
  medianLatencyUs: null,
  p95LatencyUs: null,
}

function day(from: string, change: Partial<Day> = {}): Day {
  return { from, to: new Date(Date.parse(from) + 24 * HOUR).toISOString(), ...NOTHING, ...change }
}

const KNOWN = { createdAt: '2026-11-01T00:00:00.000Z', until: '2026-11-30T18:00:00.000Z' }

function only(one: Day, known = KNOWN): DayFigures {
  const [figures] = dayFigures([one], known)
  if (figures === undefined) throw new Error('there is one day')
  return figures
}

describe('the figures of a day', () => {
  it('add up to the day, with what nobody measured', () => {
    const figures = only(day('2026-11-10T00:00:00.000Z', { goodMs: 18 * HOUR, badMs: 0, inconclusiveMs: 3 * HOUR }))
    expect(figures).toMatchObject({ totalMs: 24 * HOUR, unmeasuredMs: 3 * HOUR, unknownRatio: 0.25 })
  })

  it('count only up to the newest round, and only since the website was added', () => {
    expect(only(day('2026-11-30T00:00:00.000Z', { goodMs: 18 * HOUR }))).toMatchObject({
      unmeasuredMs: 0,
      unknownRatio: 0,
    })
    const added = { ...KNOWN, createdAt: '2026-11-10T12:00:00.000Z' }
    expect(only(day('2026-11-10T00:00:00.000Z', { goodMs: 6 * HOUR }), added)).toMatchObject({ unknownRatio: 0.5 })
  })

  it('know nothing of a day before the website', () => {
    expect(only(day('2026-10-01T00:00:00.000Z'))).toMatchObject({ totalMs: 0, unknownRatio: null })
  })

  it('are those of the last 90 days', () => {
    const days = Array.from({ length: 91 }, (_, index) => day(new Date(Date.UTC(2026, 8, 1 + index)).toISOString()))
    expect(dayFigures(days, KNOWN).map(({ from }) => from)).toEqual(days.slice(1).map(({ from }) => from))
  })
})

describe('the state of a day', () => {
  const of = (change: Partial<Day>) => stateOfDay(only(day('2026-11-10T00:00:00.000Z', change)))

  it('is Bad with any Bad time, else what most of it was', () => {
    expect(of({ goodMs: 23 * HOUR, badMs: 1 })).toBe('BAD')
    expect(of({ goodMs: 2, inconclusiveMs: 1 })).toBe('GOOD')
    expect(of({ goodMs: 1, inconclusiveMs: 2 })).toBe('INCONCLUSIVE')
    expect(of({ maintenanceMs: HOUR })).toBe('MAINTENANCE')
    expect(of({})).toBe('NO_DATA')
  })
})

describe('the column of a day', () => {
  const of = (change: Partial<Day>) => columnOf(only(day('2026-11-10T00:00:00.000Z', change)))

  it('sticks out where it was Bad, were it for a minute', () => {
    expect(of({ goodMs: 24 * HOUR })).toEqual([{ state: 'GOOD', top: 12, height: 36 }])
    const parts = of({ goodMs: 24 * HOUR - 60_000, badMs: 60_000 })
    expect(parts.at(-1)).toMatchObject({ state: 'BAD', top: 0 })
    expect(parts.at(-1)?.height).toBeGreaterThanOrEqual(12)
  })

  it('never overlaps itself or leaves the plot', () => {
    for (const change of [
      { goodMs: 12 * HOUR, badMs: 6 * HOUR, inconclusiveMs: 3 * HOUR, maintenanceMs: 3 * HOUR },
      { goodMs: 1, badMs: 24 * HOUR - 3, inconclusiveMs: 1, maintenanceMs: 1 },
    ]) {
      const parts = of(change).toSorted((one, other) => one.top - other.top)
      for (const [index, { top, height }] of parts.entries()) {
        expect(height).toBeGreaterThan(0)
        expect(top + height).toBeLessThanOrEqual((parts[index + 1]?.top ?? 48) + 1e-9)
      }
    }
  })

  it('is short where nobody measured, and but a mark where nobody did all day', () => {
    expect(of({ goodMs: 12 * HOUR })).toEqual([{ state: 'GOOD', top: 30, height: 18 }])
    expect(of({})).toEqual([{ state: 'NO_DATA', top: 45, height: 3 }])
  })
})
