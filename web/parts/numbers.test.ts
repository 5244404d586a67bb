import { describe, expect, it } from 'vitest'
import { share } from './numbers'

describe('a share of what is not known', () => {
  it.each([
    [null, '–'],
    [0, '0%'],
    [1, '100%'],
    [0.0000001, '< 0.01%'],
    [0.026_81, '2.68%'],
    [0.636, '63.6%'],
    [0.999_999, '99.9%'],
  ])('of %s is %s', (ratio, text) => {
    expect(share(ratio, 'en')).toBe(text)
  })
})
