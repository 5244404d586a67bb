import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextTryAt, RETRY_WAITS_MS } from './retry-schedule.js'

const CREATED_AT = Date.parse('2026-11-22T13:00:00.000Z')
/** 5 s, 35 s, 2 min 35 s, 12 min 35 s, 1 h 12 min 35 s, 7 h 12 min 35 s, 31 h 12 min 35 s. */
const LAST_MS = RETRY_WAITS_MS.reduce((sum, wait) => sum + wait, 0)

/** How long a message waits, in milliseconds, after a try of no length at that age. */
function waitAfter(age: number, { tookMs = 0, random = 0 } = {}): number | null {
  const startedAt = CREATED_AT + age
  const endedAt = startedAt + tookMs
  const next = nextTryAt({ createdAt: CREATED_AT, startedAt, endedAt, random })
  return next === null ? null : next - endedAt
}

describe('nextTryAt', () => {
  it.each([
    [0, 5_000],
    [5_000, 30_000],
    [35_000, 120_000],
    [155_000, 600_000],
    [755_000, 3_600_000],
    [4_355_000, 21_600_000],
    [25_955_000, 86_400_000],
    [112_355_000, null],
  ])('of a message of %i ms: waits %j ms', (age, wait) => {
    expect(waitAfter(age)).toBe(wait)
  })

  it('gives up a message that was older before it was first tried', () => {
    expect(waitAfter(LAST_MS + 1)).toBeNull()
  })

  it('waits after the end of a try', () => {
    expect(waitAfter(0, { tookMs: 10_000 })).toBe(5_000)
  })

  it('uses nothing up by a try out of turn', () => {
    expect(waitAfter(1_000_000)).toBe(4_355_000 - 1_000_000)
  })

  it('waits up to a tenth longer, and never loses a try by it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 9, maxLength: 9 }),
        (randoms) => {
          let age = 0
          const waits: number[] = []
          for (const random of randoms) {
            const wait = waitAfter(age, { random })
            if (wait === null) break
            waits.push(wait)
            age += wait
          }
          expect(waits).toHaveLength(RETRY_WAITS_MS.length)
          expect(age).toBeGreaterThanOrEqual(LAST_MS)
          expect(age).toBeLessThan(LAST_MS * 1.1)
        },
      ),
    )
  })
})
