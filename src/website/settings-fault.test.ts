import { expect, it } from 'vitest'
import { everyRoundsFault, nameFault } from './settings-fault.js'

it.each(['a', 'Shop 🛒', 'a'.repeat(200), ' padded ', '東京'])('takes the name %j', (name) => {
  expect(nameFault(name)).toBeNull()
})

it.each(['', ' ', '\u3000', 'a'.repeat(201), 'a\nb', 'a\0', 'a\u007f', 'a\u2028b', 'half \ud83d', '\u001b[31mred'])(
  'refuses the name %j',
  (name) => {
    expect(nameFault(name)).toMatch(/^name must .+\.$/)
  },
)

it.each([1, 2, 1_440])('takes every %d rounds', (everyRounds) => {
  expect(everyRoundsFault(everyRounds)).toBeNull()
})

it.each([0, -1, 1_441, 1.5, Number.NaN])('refuses every %d rounds', (everyRounds) => {
  expect(everyRoundsFault(everyRounds)).toMatch(/^everyRounds must .+\.$/)
})
