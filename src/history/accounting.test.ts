import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCOUNTING_METHODS, type AccountingMethodName, timesOf, uptimeRatio } from './accounting.js'
import { addTally, emptyTally, type Tally, TALLY_COLUMNS } from './tally.js'

const ms = fc.integer({ min: 0, max: 400 * 86_400_000 })
const tally = fc.tuple(...TALLY_COLUMNS.map(() => ms)).map((values): Tally => {
  const made = emptyTally()
  for (const [index, column] of TALLY_COLUMNS.entries()) made[column] = values[index] ?? 0
  return made
})
const methods = Object.keys(ACCOUNTING_METHODS) as AccountingMethodName[]

describe('uptimeRatio', () => {
  it.each([
    [0, 0, null],
    [1, 0, 1],
    [0, 1, 0],
    [1, 1, 0.5],
    [2, 1, 0.666666],
    [59 * 60_000, 60_000, 0.983333],
    [365 * 86_400_000 - 1, 1, 0.999999],
    [1, 2_999_999, 0],
  ])('%i ms up and %i ms down is %s', (upMs, downMs, ratio) => {
    expect(uptimeRatio({ upMs, downMs })).toBe(ratio)
  })

  it('is never 1 with a failure, never above the share and never a millionth below it', () => {
    fc.assert(
      fc.property(ms, fc.integer({ min: 1, max: 2 ** 31 }), (upMs, downMs) => {
        const ratio = uptimeRatio({ upMs, downMs }) ?? Number.NaN
        expect(ratio).toBeLessThan(1)
        const millionths = BigInt(Math.round(ratio * 1_000_000))
        const exact = BigInt(upMs) * 1_000_000n
        expect(millionths * BigInt(upMs + downMs) <= exact).toBe(true)
        expect((millionths + 1n) * BigInt(upMs + downMs) > exact).toBe(true)
      }),
    )
  })
})

describe('an accounting method', () => {
  it('splits the window into kinds that come to its length', () => {
    fc.assert(
      fc.property(tally, ms, ms, (given, freeMs, notEnabledMs) => {
        const covered = TALLY_COLUMNS.filter((column) => column.endsWith('Ms')).reduce(
          (sum, column) => sum + given[column],
          0,
        )
        const times = timesOf(given, { lengthMs: covered + freeMs, notEnabledMs })
        const { goodMs, badMs, inconclusiveMs, maintenanceMs, missingMs, disabledMs } = times
        expect(goodMs + badMs + inconclusiveMs + maintenanceMs + missingMs + disabledMs).toBe(covered + freeMs)
        expect(Math.min(missingMs, disabledMs)).toBeGreaterThanOrEqual(0)
        for (const method of methods) {
          const { upMs, downMs } = ACCOUNTING_METHODS[method].count(times)
          expect(Math.min(upMs, downMs)).toBeGreaterThanOrEqual(0)
          expect(upMs + downMs).toBeLessThanOrEqual(covered + freeMs)
        }
      }),
    )
  })

  it.each(methods)('never gives 1 with a failure: %s', (method) => {
    fc.assert(
      fc.property(tally, ms, (given, freeMs) => {
        const failed = emptyTally()
        failed.badMs = 1
        addTally(failed, given)
        const lengthMs =
          freeMs +
          TALLY_COLUMNS.filter((column) => column.endsWith('Ms')).reduce((sum, column) => sum + failed[column], 0)
        expect(
          uptimeRatio(ACCOUNTING_METHODS[method].count(timesOf(failed, { lengthMs, notEnabledMs: 0 }))),
        ).toBeLessThan(1)
      }),
    )
  })

  it('has a name of its own', () => {
    expect(methods.map((method) => ACCOUNTING_METHODS[method].name)).toEqual([
      'observed-v1',
      'with-maintenance-v1',
      'strict-v1',
    ])
  })
})
