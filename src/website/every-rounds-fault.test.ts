import { expect, it } from 'vitest'
import { everyRoundsFault } from './every-rounds-fault.js'

it.each([1, 2, 1_440])('takes every %d rounds', (everyRounds) => {
  expect(everyRoundsFault(everyRounds)).toBeNull()
})

it.each([0, -1, 1_441, 1.5, Number.NaN])('refuses every %d rounds', (everyRounds) => {
  expect(everyRoundsFault(everyRounds)).toMatch(/^everyRounds must .+\.$/)
})
