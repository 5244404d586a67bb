import { expect, test } from 'vitest'

import { flushTime } from './flush-time.js'

const EXPECTED = 'EXPECTED' as const
const ONE = { count: 1, firstAt: 1000, lastAt: 1000, deadlineAt: 40_000, more: EXPECTED }

test.each([
  ['waits a moment for one more', ONE, 1250],
  ['waits again after each', { count: 3, firstAt: 1000, deadlineAt: 40_000, lastAt: 1600, more: EXPECTED }, 1850],
  [
    'never keeps the first longer than a second',
    { count: 9, firstAt: 1000, deadlineAt: 40_000, lastAt: 1900, more: EXPECTED },
    2000,
  ],
  [
    'waits for nothing when no answer is to come',
    { count: 1, firstAt: 1000, deadlineAt: 40_000, lastAt: 1000, more: 'NONE' },
    1000,
  ],
  [
    'does not wait when it is full',
    { count: 500, firstAt: 1000, deadlineAt: 40_000, lastAt: 1100, more: EXPECTED },
    1000,
  ],
  ['does not wait into the time to sign and send', { ...ONE, deadlineAt: 1600 }, 1100],
  ['goes at once when its first deadline is near', { ...ONE, deadlineAt: 1490 }, 990],
] as const)('a batch %s', (_, waiting, dueAt) => {
  expect(flushTime(waiting)).toBe(dueAt)
})
