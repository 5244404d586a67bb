import { expect, it } from 'vitest'
import { spreadFaults } from './form-faults'

it('puts each fault at its field, and keeps those of no field of the form', () => {
  const spread = spreadFaults(
    [
      { field: 'tags[3]', message: 'too long' },
      { field: 'check.statuses', message: 'not rising' },
      { field: 'check.headers[0].name', message: 'not yours' },
      { field: 'url', message: 'denied' },
      { field: null, message: 'offline' },
    ],
    ['tags', 'check.statuses', 'check.headers'],
  )
  expect(spread.at('tags')).toEqual(['too long'])
  expect(spread.at('check.statuses')).toEqual(['not rising'])
  expect(spread.at('check.headers')).toEqual(['not yours'])
  expect(spread.at('check')).toEqual([])
  expect(spread.elsewhere).toEqual(['denied', 'offline'])
})
