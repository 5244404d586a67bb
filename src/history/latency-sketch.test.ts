import { DDSketch } from '@datadog/sketches-js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LatencySketch, RELATIVE_ACCURACY } from './latency-sketch.js'

const PERCENTS = [0, 1, 50, 95, 99, 100]
/** From a microsecond to half an hour, as often short as long. */
const latency = fc.double({ min: 0, max: 31, maxExcluded: true, noNaN: true }).map((bits) => Math.floor(2 ** bits))
const latencies = fc.array(latency, { minLength: 1, maxLength: 400 })

function sketchOf(...lists: number[][]): LatencySketch {
  const sketch = new LatencySketch()
  for (const value of lists.flat()) sketch.add(value)
  return sketch
}

function hex(sketch: LatencySketch): string {
  return Buffer.from(sketch.encode()).toString('hex')
}

/** Null for what is refused; any other error is one. */
function encodedAgain(bytes: Uint8Array): Uint8Array | null {
  try {
    return LatencySketch.decode(bytes).encode()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Of the rank that the class documents. */
function exactPercentile(values: readonly number[], percent: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(((values.length - 1) * percent) / 100)] ?? Number.NaN
}

describe('LatencySketch', () => {
  it('is off by at most a hundredth', () => {
    fc.assert(
      fc.property(latencies, fc.constantFrom(...PERCENTS), (values, percent) => {
        const exact = exactPercentile(values, percent)
        const error = Math.abs((sketchOf(values).percentile(percent) ?? Number.NaN) - exact)
        // The last digit of a double's logarithm may fall either way.
        expect(error).toBeLessThanOrEqual(exact * (RELATIVE_ACCURACY + 1e-9))
      }),
    )
  })

  it('says what another implementation says', () => {
    fc.assert(
      fc.property(latencies, fc.constantFrom(...PERCENTS), (values, percent) => {
        const oracle = new DDSketch({ relativeAccuracy: RELATIVE_ACCURACY })
        for (const value of values) oracle.accept(value)
        // The oracle's rank is a fraction of a double; in the middle of two ranks that does not matter.
        const rank = Math.floor(((values.length - 1) * percent) / 100)
        const quantile = values.length === 1 ? 0 : Math.min(1, (rank + 0.25) / (values.length - 1))
        const ours = sketchOf(values).percentile(percent) ?? Number.NaN
        expect(ours).toBeCloseTo(oracle.getValueAtQuantile(quantile), 3)
      }),
    )
  })

  it('merges in any order to the same', () => {
    fc.assert(
      fc.property(latencies, latencies, latencies, (a, b, c) => {
        const left = sketchOf(a)
        left.merge(sketchOf(b))
        left.merge(sketchOf(c))
        const right = sketchOf(c)
        right.merge(sketchOf(b))
        right.merge(sketchOf(a))
        expect(hex(left)).toBe(hex(right))
        expect(hex(left)).toBe(hex(sketchOf(a, b, c)))
        expect(left.count).toBe(a.length + b.length + c.length)
      }),
    )
  })

  it('comes back from its bytes, alone and among others', () => {
    fc.assert(
      fc.property(fc.array(latencies, { maxLength: 4 }), (lists) => {
        const sketches = lists.map((list) => sketchOf(list))
        const decoded = LatencySketch.decode(Buffer.concat(sketches.map((sketch) => sketch.encode())))
        expect(hex(decoded)).toBe(hex(sketchOf(...lists)))
      }),
    )
  })

  it('has one spelling: what decodes alone encodes to the same bytes', () => {
    const bytes = fc
      .array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 255 })), { maxLength: 12 })
      .map((rest) => Uint8Array.from([1, ...rest]))
    fc.assert(
      fc.property(bytes, (given) => {
        const again = encodedAgain(given)
        // Several behind one another come back as one, which is shorter.
        expect(again === null || again.length < given.length ? given : again).toEqual(given)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['another version', '020000'],
    ['no counts', '01'],
    ['fewer bins than it says', '01000101'],
    ['a bin that is empty', '0100010100'],
    ['a bin twice', '01000201010001'],
    ['a bin beyond the last', '010001ff0f01'],
    ['a number longer than it must be', '01800000'],
    ['a number beyond all counts', '01ffffffffffffffff7f00'],
    ['no end', '0180'],
    ['something behind it', '010000ff'],
  ])('refuses %s', (_, text) => {
    expect(() => LatencySketch.decode(Buffer.from(text, 'hex'))).toThrow(RangeError)
  })

  it.each([
    ['nothing', [], '010000'],
    ['a zero', [0], '010100'],
    ['the least', [1], '0100010101'],
    ['the most, and what is more', [2 ** 31 - 1, 2 ** 40], '010001b40802'],
    ['two alike and one beside', [100_000, 100_000, 102_000], '010002c104020101'],
  ])('spells %s', (_, values, text) => {
    expect(hex(sketchOf(values))).toBe(text)
  })

  it('knows no percentile of nothing, and zero of zeros', () => {
    expect(sketchOf([]).percentile(50)).toBeNull()
    expect(sketchOf([0, 0, 5]).percentile(50)).toBe(0)
  })

  it('takes some 70 bytes for the answers of five validators in 15 minutes', () => {
    // Around 120 ms, spread by a tenth.
    const values = Array.from({ length: 75 }, (_, index) => 120_000 + ((index * 7_919) % 24_000) - 12_000)
    expect(sketchOf(values).encode().length).toBeLessThan(70)
  })
})
