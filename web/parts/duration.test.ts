import { expect, it } from 'vitest'
import { duration } from './duration'

it.each([
  [0, '0 sec'],
  [400, '0.4 sec'],
  [59_999, '59 sec'],
  [300_000, '5 min'],
  [11_520_000, '3 hr 12 min'],
  [86_400_000, '1 day'],
  [2 * 86_400_000 + 59 * 60_000, '2 days'],
])('%i ms is %s', (ms, text) => {
  expect(duration(ms, 'en')).toBe(text)
})
