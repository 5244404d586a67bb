import { expect, test } from 'vitest'

import { retryAfterMs } from './retry-after.js'

const NOW = Date.parse('2026-12-01T12:00:00Z')

test.each([
  ['120', undefined, 120_000],
  ['0', undefined, null],
  ['-5', undefined, null],
  ['9999999', undefined, 3_600_000],
  ['soon', undefined, null],
  ['2026-12-01T12:01:00Z', undefined, null],
  ['Tue, 01 Dec 2026 12:01:30 GMT', undefined, 90_000],
  ['Tue, 01 Dec 2026 11:00:00 GMT', undefined, null],
  ['Wed, 02 Dec 2026 12:00:00 GMT', undefined, 3_600_000],
  ['Tuesday, 01-Dec-26 12:01:30 GMT', undefined, 90_000],
  // The clock of whoever sent it is an hour behind ours.
  ['Tue, 01 Dec 2026 11:01:30 GMT', 'Tue, 01 Dec 2026 11:00:00 GMT', 90_000],
  ['Tue, 01 Dec 2026 12:01:30 GMT', 'nonsense', 90_000],
  [undefined, 'Tue, 01 Dec 2026 11:00:00 GMT', null],
])('Retry-After %s of an answer of %s', (wanted, date, expected) => {
  expect(retryAfterMs({ 'retry-after': wanted, date }, NOW)).toBe(expected)
})
