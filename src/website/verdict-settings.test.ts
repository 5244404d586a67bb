import { expect, it } from 'vitest'
import { DEFAULT_VERDICT_SETTINGS, verdictSettingsFaults, type VerdictSettings } from './verdict-settings.js'

const NAMES: [keyof VerdictSettings, number, string][] = [
  ['minimumVotes', 1_000, 'INVALID_MINIMUM_VOTES'],
  ['badToOpen', 20, 'INVALID_BAD_TO_OPEN'],
  ['goodToClose', 20, 'INVALID_GOOD_TO_CLOSE'],
]

it.each(NAMES)('takes %s from 1 to %d', (name, max) => {
  for (const value of [1, 2, max])
    expect(verdictSettingsFaults({ ...DEFAULT_VERDICT_SETTINGS, [name]: value })).toEqual([])
})

it.each(NAMES)('refuses %s of 0, over %d and in between', (name, max, reason) => {
  for (const value of [0, -1, max + 1, 1.5, Number.NaN]) {
    const fault = { reason, field: name, message: expect.stringMatching(new RegExp(`^${name} must .+\\.$`)) }
    expect(verdictSettingsFaults({ ...DEFAULT_VERDICT_SETTINGS, [name]: value })).toEqual([fault])
  }
})

it('tells everything that is wrong', () => {
  const faults = verdictSettingsFaults({ minimumVotes: 0, badToOpen: 0, goodToClose: 0 })
  expect(faults.map(({ field }) => field)).toEqual(['minimumVotes', 'badToOpen', 'goodToClose'])
})
