import { describe, expect, it } from 'vitest'
import { settingsChange, settingsValues, type Settings, type SettingsValues } from './settings-input'

const SETTINGS: Settings = {
  name: 'Shop',
  tags: ['production', 'eu'],
  everyRounds: 1,
  minimumVotes: 1,
  badToOpen: 2,
  goodToClose: 2,
  check: {
    method: 'GET',
    timeoutMs: 10_000,
    statuses: '200-299',
    redirects: 5,
    keyword: 'ready',
    keywordMust: 'PRESENT',
    maxLatencyMs: 2000,
    certificateDays: null,
    ipVersion: 'ANY',
    headers: [{ name: 'accept', value: 'text/html' }],
    body: null,
  },
}
const WORDS = { number: 'no number', headerForm: 'no header' }
const before = settingsValues(SETTINGS)
const change = (changes: Partial<SettingsValues>) => settingsChange(before, { ...before, ...changes }, WORDS)

describe('changed settings', () => {
  it('are nothing where nothing was changed', () => {
    expect(change({})).toEqual({ kind: 'NOTHING' })
  })

  it('are only those that were changed', () => {
    expect(change({ name: 'Shop, front page', timeoutMs: '5000' })).toEqual({
      kind: 'CHANGE',
      input: { name: 'Shop, front page', check: { timeoutMs: 5000 } },
    })
  })

  it('get the default of the check where they were emptied', () => {
    expect(change({ keyword: '', keywordMust: '', maxLatencyMs: '', statuses: ' ', headers: '' })).toEqual({
      kind: 'CHANGE',
      input: { check: { keyword: null, keywordMust: null, maxLatencyMs: null, statuses: null, headers: [] } },
    })
  })

  it('read tags and headers as people type them', () => {
    expect(change({ tags: ' eu ,, web', headers: 'x-key: a: b\n\naccept:  */* ' })).toEqual({
      kind: 'CHANGE',
      input: {
        tags: ['eu', 'web'],
        check: {
          headers: [
            { name: 'x-key', value: 'a: b' },
            { name: 'accept', value: '*/*' },
          ],
        },
      },
    })
  })

  it('are refused here only where the API could not even read them, all at once', () => {
    expect(change({ everyRounds: '', redirects: '1.5', maxLatencyMs: '99999999999', headers: 'x-key' })).toEqual({
      kind: 'FAULTS',
      faults: [
        { field: 'everyRounds', message: 'no number' },
        { field: 'check.redirects', message: 'no number' },
        { field: 'check.maxLatencyMs', message: 'no number' },
        { field: 'check.headers', message: 'no header' },
      ],
    })
    expect(change({ everyRounds: '0' })).toEqual({ kind: 'CHANGE', input: { everyRounds: 0 } })
  })
})
