import { describe, expect, it } from 'vitest'

import { isReducedScalar, isSoundPoint } from './curve-gate.js'

/** 32 bytes, the least significant first, of a number written the usual way round. */
function encode(hex: string): Uint8Array {
  return Buffer.from(hex.padStart(64, '0'), 'hex').toReversed()
}

const HIGH_FS = 'f'.repeat(62)

describe('isSoundPoint', () => {
  it.each([
    ['2', '2', true],
    ['p - 2', `7f${'f'.repeat(60)}eb`, true],
    ['p - 1, of order 2', `7f${'f'.repeat(60)}ec`, false],
    ['p', `7f${'f'.repeat(60)}ed`, false],
    ['p + 2', `7f${'f'.repeat(60)}ef`, false],
    ['2^255 - 1', `7f${HIGH_FS}`, false],
    ['2 with the sign', `80${'2'.padStart(62, '0')}`, true],
    ['1 with the sign', `80${'1'.padStart(62, '0')}`, false],
    ['p + 2 with the sign', `ff${'f'.repeat(60)}ef`, false],
  ])('y = %s', (_, hex, expected) => {
    expect(isSoundPoint(encode(hex))).toBe(expected)
  })

  it('leaves the bytes as they were', () => {
    const bytes = encode(`ff${HIGH_FS}`)
    isSoundPoint(bytes)
    expect(bytes).toEqual(encode(`ff${HIGH_FS}`))
  })
})

describe('isReducedScalar', () => {
  it.each([
    ['0', '0', true],
    ['L - 1', '1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ec', true],
    ['L', '1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed', false],
    ['L + 1', '1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ee', false],
    ['2^256 - 1', `ff${HIGH_FS}`, false],
  ])('S = %s', (_, hex, expected) => {
    expect(isReducedScalar(encode(hex))).toBe(expected)
  })
})
