import { describe, expect, it } from 'vitest'
import { isLate, phaseOf, readSchedule, staleIn } from './round-phase'

const AT = Date.parse('2026-12-01T12:00:00.000Z')
const HOUR_MS = 3_600_000
const iso = (ms: number) => new Date(ms).toISOString()
/** Heard by a browser whose clock is an hour ahead. */
const schedule = readSchedule(
  {
    now: iso(AT + 10_000),
    schedule: { nextRoundAt: iso(AT + 60_000), current: { roundAt: iso(AT), deadlineAt: iso(AT + 45_000) } },
  },
  AT + 10_000 + HOUR_MS,
)

describe('where a round is', () => {
  it.each([
    ['asked', AT - 1, AT + 33_001, { kind: 'ASKED', seconds: 12 }],
    ['asked, in the last second', AT, AT + 44_999, { kind: 'ASKED', seconds: 1 }],
    ['decided', AT, AT + 45_000, { kind: 'DECIDING' }],
    ['waited for by what came later', AT + 1, AT + 26_000, { kind: 'WAITING', seconds: 34 }],
    ['due when the hub has said nothing since', AT, AT + 60_000, { kind: 'DUE' }],
  ])('%s', (_what, since, now, phase) => {
    expect(phaseOf(schedule, since, now)).toEqual(phase)
  })

  it('is waited for where none is under way', () => {
    expect(phaseOf({ ...schedule, current: null }, AT, AT + 59_999)).toEqual({ kind: 'WAITING', seconds: 1 })
    expect(phaseOf({ ...schedule, nextRoundAt: null, current: null }, AT, AT)).toEqual({ kind: 'DUE' })
  })
})

describe('when to ask again', () => {
  it.each([
    [AT, 45_000],
    [AT + 45_000, 15_000],
    [AT + 60_000, null],
  ])('at %i of the hub, in %s ms', (now, ms) => {
    expect(staleIn(schedule, now + HOUR_MS)).toBe(ms)
  })
})

describe('a round that is due', () => {
  const next = { roundAt: AT + 60_000, deadlineAt: AT + 105_000 }
  it.each([
    ['is late', { current: null }, true],
    ['is late while the one before is still decided', {}, true],
    ['is there', { current: next }, false],
  ])('%s', (_what, now, expected) => {
    expect(isLate(schedule, { ...schedule, nextRoundAt: AT + 120_000, ...now })).toBe(expected)
  })

  it('is not late before it is due, nor when nothing was known of it', () => {
    expect(isLate(schedule, schedule)).toBe(false)
    expect(isLate(null, schedule)).toBe(false)
  })
})
