import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseStatuses, statusMatches } from './statuses.js'

describe('parseStatuses', () => {
  it.each([
    ['200', [[200, 200]]],
    [
      '200-299,401',
      [
        [200, 299],
        [401, 401],
      ],
    ],
    ['100-999', [[100, 999]]],
    [
      '200-204,205',
      [
        [200, 204],
        [205, 205],
      ],
    ],
  ])('reads %s', (text, expected) => {
    expect(parseStatuses(text)?.map(({ first, last }) => [first, last])).toEqual(expected)
  })

  it.each([
    '',
    ',',
    '200,',
    ',200',
    '200,200',
    '401,200',
    '200-299,250',
    '200-299,299',
    '299-200',
    '200-200',
    '099',
    '99',
    '1000',
    '200-1000',
    '000-999',
    ' 200',
    '200 ',
    '200, 401',
    '200–299',
    '200-',
    '-299',
    '200-250-299',
    '2e2',
    '+200',
    '٢٠٠',
    '200\n',
  ])('refuses %j', (text) => {
    expect(parseStatuses(text)).toBeNull()
  })

  it('never throws, and what it reads it would write alike', () => {
    const part = fc.tuple(fc.integer({ min: 90, max: 1010 }), fc.option(fc.integer({ min: 90, max: 1010 })))
    const listed = fc
      .array(part, { maxLength: 4 })
      .map((parts) => parts.map(([first, last]) => (last === null ? `${first}` : `${first}-${last}`)).join(','))
    fc.assert(
      fc.property(fc.oneof(listed, fc.string()), (text) => {
        const ranges = parseStatuses(text)
        if (ranges === null) return
        const written = ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(',')
        expect(written).toBe(text)
      }),
    )
  })
})

describe('statusMatches', () => {
  const ranges = parseStatuses('200-299,401') ?? []
  it.each([
    [199, false],
    [200, true],
    [299, true],
    [300, false],
    [401, true],
    [402, false],
    [Number.NaN, false],
  ])('%d: %s', (code, expected) => {
    expect(statusMatches(ranges, code)).toBe(expected)
  })
})
