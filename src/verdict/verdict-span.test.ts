import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, MINUTE_MS } from '../time.js'
import { verdictSpan } from './verdict-span.js'

const NOON = Date.parse('2026-11-22T12:00:00.000Z')
const round = { roundAt: NOON, intervalMs: MINUTE_MS }

describe('verdictSpan', () => {
  it.each([
    ['the first', 1, null, 0, MINUTE_MS],
    ['one that follows', 1, NOON, 0, MINUTE_MS],
    ['one after a gap', 1, NOON - DAY_MS, 0, MINUTE_MS],
    ['one out of turn', 1, NOON + 20_000, 20_000, 40_000],
    ['one that adds nothing', 1, NOON + 5 * MINUTE_MS, MINUTE_MS, 0],
    ['every third round', 3, NOON, 0, 3 * MINUTE_MS],
    ['a day at most', 10_000, NOON, 0, DAY_MS],
  ])('of %s', (_name, everyRounds, coveredUntil, startsAfterMs, lastsMs) => {
    expect(verdictSpan(round, everyRounds, coveredUntil)).toEqual({ startsAfterMs, lastsMs })
  })

  it('never overlaps and leaves no gap that a round stood for', () => {
    const rounds = fc.array(
      fc.record({ afterMs: fc.integer({ min: 1, max: 200_000 }), every: fc.integer({ min: 1, max: 4 }) }),
    )
    fc.assert(
      fc.property(rounds, (of) => {
        let coveredUntil: number | null = null
        let roundAt = NOON
        for (const { afterMs, every } of of) {
          roundAt += afterMs
          const { startsAfterMs, lastsMs } = verdictSpan({ roundAt, intervalMs: MINUTE_MS }, every, coveredUntil)
          expect(lastsMs).toBeGreaterThanOrEqual(0)
          const from = roundAt + startsAfterMs
          const until = from + lastsMs
          expect(lastsMs === 0 || from === Math.max(roundAt, coveredUntil ?? roundAt)).toBe(true)
          coveredUntil = Math.max(coveredUntil ?? 0, until)
          expect(coveredUntil).toBeGreaterThanOrEqual(roundAt + every * MINUTE_MS)
        }
      }),
    )
  })
})
