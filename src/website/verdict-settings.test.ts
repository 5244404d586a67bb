import { expect, it } from 'vitest'
import { DEFAULT_VERDICT_SETTINGS, judgeVerdictSettings, type VerdictSettings } from './verdict-settings.js'

const NAMES: [keyof VerdictSettings, number, string][] = [
  ['minimumVotes', 1_000, 'INVALID_MINIMUM_VOTES'],
  ['badToOpen', 20, 'INVALID_BAD_TO_OPEN'],
  ['goodToClose', 20, 'INVALID_GOOD_TO_CLOSE'],
]

it.each(NAMES)('takes %s from 1 to %d', (name, max) => {
  for (const value of [1, 2, max])
    expect(judgeVerdictSettings({ ...DEFAULT_VERDICT_SETTINGS, [name]: value })).toBeNull()
})

it.each(NAMES)('refuses %s of 0, over %d and in between', (name, max, reason) => {
  for (const value of [0, -1, max + 1, 1.5, Number.NaN]) {
    const refused = { kind: 'refused', reason, message: expect.stringMatching(new RegExp(`^${name} must .+\\.$`)) }
    expect(judgeVerdictSettings({ ...DEFAULT_VERDICT_SETTINGS, [name]: value })).toEqual(refused)
  }
})
