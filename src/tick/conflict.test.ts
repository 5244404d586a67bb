import * as fc from 'fast-check'
import { validate, version } from 'uuid'
import { describe, expect, it } from 'vitest'
import { conflictId } from './conflict.js'

const NUMBER_MAX = 2 ** 31 - 1
const callback = fc.record({
  roundAt: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
  websiteNo: fc.integer({ min: 1, max: NUMBER_MAX }),
  validatorNo: fc.integer({ min: 1, max: NUMBER_MAX }),
})

describe('the ID of evidence', () => {
  it('is a UUID v7 that tells one callback from another and rises with the rounds', () => {
    fc.assert(
      fc.property(callback, callback, (one, other) => {
        const [a, b] = [conflictId(one), conflictId(other)]
        expect([validate(a), version(a)]).toEqual([true, 7])
        const order =
          one.roundAt - other.roundAt || one.websiteNo - other.websiteNo || one.validatorNo - other.validatorNo
        expect(Math.sign(order)).toBe(a < b ? -1 : a > b ? 1 : 0)
      }),
    )
  })
})
