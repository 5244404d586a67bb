import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FAILURE_CLASSES } from '../protocol/tick.js'
import { commonestFailure, packSightings, SIGHTINGS_MAX, unpackSightings } from './sightings.js'

const outcome = fc.oneof(
  fc.constant({ status: 'Good' as const, failure: null }),
  fc.constantFrom(...FAILURE_CLASSES).map((failure) => ({ status: 'Bad' as const, failure })),
  fc.constant({ status: 'Bad' as const, failure: null }),
)
const sighting = fc
  .record({
    validatorNo: fc.integer({ min: 1, max: 2_147_483_647 }),
    latencyUs: fc.option(fc.integer({ min: 0, max: 2_147_483_647 })),
    setAside: fc.boolean(),
    outcome,
  })
  .map(({ outcome: { status, failure }, ...rest }) => ({ ...rest, status, failure }))

describe('sightings', () => {
  it('come back as they were kept, but for those beyond the most', () => {
    fc.assert(
      fc.property(fc.array(sighting, { maxLength: SIGHTINGS_MAX + 20, size: 'max' }), (answers) => {
        const { seen, leftOut } = unpackSightings(JSON.parse(packSightings(answers)))
        expect(seen).toEqual(answers.slice(0, SIGHTINGS_MAX))
        expect(seen.length + leftOut).toBe(answers.length)
      }),
      { numRuns: 50 },
    )
  })
})

describe('commonestFailure', () => {
  it.each([
    [[], null],
    [[0, 0, 0, 0, 0, 0, 0, 0], null],
    [[0, 0, 1, 0, 0, 0, 0, 0], 'TLS'],
    [[1, 0, 0, 3, 0, 0, 2, 0], 'TIMEOUT'],
    [[0, 2, 0, 0, 0, 0, 2, 0], 'CONNECT'],
  ])('of %j is %s', (failures, expected) => {
    expect(commonestFailure(failures)).toBe(expected)
  })
})
