import { expect, it } from 'vitest'
import { startOffset } from './start-offset.js'

const SPREAD_MS = 20_000

it('spreads the checks of one host evenly, and every round anew', () => {
  const offsetsOf = (roundAt: number) =>
    Array.from({ length: 100 }, (_, website) =>
      Array.from({ length: 20 }, (_item, validator) => startOffset(roundAt, website + 1, validator + 1, SPREAD_MS)),
    ).flat()
  const roundAt = Date.parse('2026-11-22T12:00:00.000Z')
  const [offsets, next] = [offsetsOf(roundAt), offsetsOf(roundAt + 60_000)]
  for (let second = 0; second < 20; second++) {
    const begun = offsets.filter((offset) => Math.floor(offset / 1000) === second).length
    // 100 on average; five standard deviations to either side.
    expect(begun).toBeGreaterThan(50)
    expect(begun).toBeLessThan(150)
  }
  expect(offsets.filter((offset, index) => offset === next[index]).length).toBeLessThan(10)
})
