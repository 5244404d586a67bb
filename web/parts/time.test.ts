import { expect, it } from 'vitest'
import { countdown } from './time'

it.each([
  [1, '1 s'],
  [119, '119 s'],
  [120, '2 min'],
  [7199, '120 min'],
  [7200, '2 h'],
])('%i seconds are %s', (seconds, text) => {
  expect(countdown(seconds)).toBe(text)
})
