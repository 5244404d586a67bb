import { describe, expect, it } from 'vitest'
import { numberNetworks } from './read-round-networks.js'

describe('the networks of a round', () => {
  it('are numbered by the validators, whatever hub has asked them', () => {
    const parts = [
      { validatorNos: [9, 4], networks: ['a', 'b'] },
      { validatorNos: [7, 4], networks: ['b', 'c'] },
    ]
    const { numberOf, setAside } = numberNetworks(parts, ['a', 'x'])
    expect([...numberOf].sort(([a], [b]) => a - b)).toEqual([
      [4, 1],
      [7, 1],
      [9, 2],
    ])
    expect([...setAside]).toEqual([2])
  })
})
