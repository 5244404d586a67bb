import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WebsiteStatus } from '../protocol/tick.js'
import { findOfflineNetworks } from '../testing/verdict/find-offline-networks.js'
import type { HostedVotes } from './offline-networks.js'

/** A website by its host and what its networks said, `a+b-`. */
function website(host: string, text: string): HostedVotes {
  const votes = [...text.matchAll(/(\w)([+-])/g)].map(([, network = '', sign]): [string, WebsiteStatus] => [
    network,
    sign === '+' ? 'Good' : 'Bad',
  ])
  return { host, votes: new Map(votes) }
}
const times = (count: number, text: string, hosts = count) =>
  Array.from({ length: count }, (_, index) => website(`h${index % hosts}`, text))

describe('findOfflineNetworks', () => {
  it.each<[string, HostedVotes[], string[]]>([
    ['nothing', [], []],
    ['one network alone', times(9, 'a-'), []],
    ['one of four that says Bad of all', times(5, 'a-b+c+d+'), ['a']],
    ['one of three: two others are too few', times(9, 'a-b+c+'), []],
    ['four websites: too few', times(4, 'a-b+c+d+'), []],
    ['two hosts: too few', times(9, 'a-b+c+d+', 2), []],
    ['three hosts', times(5, 'a-b+c+d+', 3), ['a']],
    ['80 %', [...times(4, 'a-b+c+d+'), website('x', 'a+b+c+d+')], ['a']],
    ['less than 80 %', [...times(3, 'a-b+c+d+'), ...times(1, 'a+b+c+d+'), website('x', 'a+b+c+d+')], []],
    ['websites that others call Bad too do not count', times(9, 'a-b-c-d+'), []],
    ['half of the others is not more than half', times(9, 'a-b-c+d+e-'), []],
    // Three of five are offline: of a's four others two say Good, which is not more than half.
    ['most of the fleet cannot be told from the rest', times(9, 'a-b-c-d+e+'), []],
    ['two of six', times(5, 'a-b-c+d+e+f+'), ['a', 'b']],
    ['one that answered too few of them', [...times(4, 'a-b+c+d+e+'), ...times(9, 'b+c+d+e+')], []],
    ['each by what it answered', [...times(5, 'a-c+d+e+f+'), ...times(5, 'b-c+d+e+f+')], ['a', 'b']],
  ])('%s', (_name, websites, offline) => {
    expect([...findOfflineNetworks(websites)].sort()).toEqual(offline)
  })

  it('does not look at the order, and never sets aside who only said Good', () => {
    const votes = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.constantFrom<WebsiteStatus>('Good', 'Bad'))
    const site = fc.record({
      host: fc.constantFrom('x', 'y', 'z', 'w'),
      votes: votes.map((of) => new Map(Object.entries(of))),
    })
    const shuffled = fc
      .array(site, { maxLength: 15 })
      .chain((of) => fc.tuple(fc.constant(of), fc.shuffledSubarray(of, { minLength: of.length })))
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const offline = findOfflineNetworks(one)
        expect(findOfflineNetworks(other)).toEqual(offline)
        for (const network of offline) expect(one.some((of) => of.votes.get(network) === 'Bad')).toBe(true)
      }),
    )
  })
})
