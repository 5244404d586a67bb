import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { VerdictStatus } from '../generated/prisma/client.js'
import type { WebsiteStatus } from '../protocol/tick.js'
import { confidenceOf, type CountedAnswer, decideVerdict, networkVotes, votesNeededOf } from './vote-rule.js'

const NOBODY: ReadonlySet<string> = new Set()

/** Answers as `a+a-b+`: key by key its network and what it said. */
function answers(text: string): CountedAnswer[] {
  return [...text.matchAll(/(\w)([+-])/g)].map(([, network = '', sign]) => ({
    network,
    status: sign === '+' ? 'Good' : 'Bad',
  }))
}

interface Known {
  networks: number
  recentNetworksMax?: number
  minimumVotes?: number
  setAside?: ReadonlySet<string>
}

function decide(of: readonly CountedAnswer[], { networks, recentNetworksMax = 0, minimumVotes = 1, setAside }: Known) {
  return decideVerdict({ votes: networkVotes(of), networks, recentNetworksMax, minimumVotes }, setAside ?? NOBODY)
}

describe('votesNeededOf', () => {
  it.each([
    [0, 1, 1],
    [1, 1, 1],
    [2, 1, 2],
    [3, 1, 2],
    [4, 1, 3],
    [5, 1, 3],
    [200, 1, 101],
    [5, 3, 3],
    [5, 4, 4],
    [1, 7, 7],
  ])('of N = %i and a minimum of %i is %i', (quorumBase, minimumVotes, needed) => {
    expect(votesNeededOf(quorumBase, minimumVotes)).toBe(needed)
  })
})

describe('networkVotes', () => {
  it.each<[string, [string, WebsiteStatus][]]>([
    ['', []],
    ['a+', [['a', 'Good']]],
    ['a-', [['a', 'Bad']]],
    ['a+a-', []],
    ['a+a+a-', [['a', 'Good']]],
    [
      'a-b+a-a+',
      [
        ['a', 'Bad'],
        ['b', 'Good'],
      ],
    ],
  ])('of %s are %j', (text, votes) => {
    expect(networkVotes(answers(text))).toEqual(new Map(votes))
  })
})

describe('decideVerdict', () => {
  it.each<[string, Known, VerdictStatus]>([
    ['', { networks: 0 }, 'Inconclusive'],
    ['', { networks: 1 }, 'Inconclusive'],
    ['a+', { networks: 1 }, 'Good'],
    ['a-', { networks: 1 }, 'Bad'],
    ['a-', { networks: 2 }, 'Inconclusive'],
    ['a-b+', { networks: 2 }, 'Inconclusive'],
    ['a-b-', { networks: 2 }, 'Bad'],
    ['a-b-c+', { networks: 3 }, 'Bad'],
    ['a-b+c+', { networks: 3 }, 'Good'],
    ['a-b+', { networks: 3 }, 'Inconclusive'],
    ['a-b-c+d+', { networks: 5 }, 'Inconclusive'],
    ['a-b-c-d+e+', { networks: 5 }, 'Bad'],
    // Five keys in one network are one vote.
    ['a-a-a-a-a-b+c+', { networks: 3 }, 'Good'],
    // A tie within a network is no vote.
    ['a+a-b-', { networks: 2 }, 'Inconclusive'],
    ['a+a-b-c-', { networks: 3 }, 'Bad'],
    // Half of ten are gone: the other five are not more than half of what was there.
    ['a+b+c+d+e+', { networks: 5, recentNetworksMax: 10 }, 'Inconclusive'],
    ['a+b+c+d+e+f+', { networks: 6, recentNetworksMax: 10 }, 'Good'],
    ['a+b+', { networks: 3, minimumVotes: 3 }, 'Inconclusive'],
    ['a+b+c+', { networks: 3, minimumVotes: 3 }, 'Good'],
    ['a-b-c+d+e+', { networks: 5, setAside: new Set(['a', 'b']) }, 'Good'],
    // N stays as it is.
    ['a-b-c-d+e+', { networks: 5, setAside: new Set(['a', 'b', 'c']) }, 'Inconclusive'],
  ])('of %s with %j is %s', (text, known, status) => {
    expect(decide(answers(text), known).status).toBe(status)
  })

  it('tells how it came about', () => {
    expect(decide(answers('a-b-c+d+e+'), { networks: 6, recentNetworksMax: 8, setAside: new Set(['a', 'x']) })).toEqual(
      {
        status: 'Inconclusive',
        quorumBase: 8,
        votesNeeded: 5,
        goodVotes: 3,
        badVotes: 1,
        votesSetAside: 1,
      },
    )
  })

  it.each([
    [0, 'QUORUM'],
    [1, 'SINGLE'],
    [2, 'QUORUM'],
  ])('with N = %i is sure as %s', (quorumBase, confidence) => {
    expect(confidenceOf({ quorumBase })).toBe(confidence)
  })
})

describe('the rule', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const answer = fc.record({
    network: fc.constantFrom(...names),
    status: fc.constantFrom<WebsiteStatus>('Good', 'Bad'),
  })
  const known = fc.record({
    networks: fc.integer({ min: names.length, max: 12 }),
    recentNetworksMax: fc.integer({ min: 0, max: 12 }),
    minimumVotes: fc.integer({ min: 1, max: 8 }),
    setAside: fc.subarray(names).map((some): ReadonlySet<string> => new Set(some)),
  })

  it('does not look at the order of answers', () => {
    const shuffled = fc
      .array(answer, { maxLength: 30 })
      .chain((of) => fc.tuple(fc.constant(of), fc.shuffledSubarray(of, { minLength: of.length })))
    fc.assert(
      fc.property(shuffled, known, ([one, other], about) => {
        expect(decide(one, about)).toEqual(decide(other, about))
      }),
    )
  })

  it('is never Good and Bad by the same votes', () => {
    const turned = { Good: 'Bad', Bad: 'Good' } as const
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 30 }), known, (of, about) => {
        const { status, goodVotes, badVotes, votesNeeded } = decide(of, about)
        expect(goodVotes >= votesNeeded && badVotes >= votesNeeded).toBe(false)
        const contrary = of.map((one) => ({ ...one, status: turned[one.status] }))
        expect(decide(contrary, about).status).toBe(status === 'Inconclusive' ? status : turned[status])
      }),
    )
  })

  it('never takes silence for Bad, nor for Good', () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 30 }), fc.constantFrom(...names), known, (of, silent, about) => {
        const all = decide(of, about).status
        const fewer = decide(
          of.filter(({ network }) => network !== silent),
          about,
        ).status
        // Whatever was decided, less of it decides the same or nothing.
        expect([all, 'Inconclusive']).toContain(fewer)
      }),
    )
  })

  it('lets more keys in one network change one vote at most', () => {
    const more = fc.array(fc.constantFrom<WebsiteStatus>('Good', 'Bad'), { maxLength: 20 })
    fc.assert(
      fc.property(
        fc.array(answer, { maxLength: 30 }),
        fc.constantFrom(...names),
        more,
        known,
        (of, network, keys, about) => {
          const before = decide(of, about)
          const after = decide([...of, ...keys.map((status) => ({ network, status }))], about)
          expect(Math.abs(after.goodVotes - before.goodVotes)).toBeLessThanOrEqual(1)
          expect(Math.abs(after.badVotes - before.badVotes)).toBeLessThanOrEqual(1)
          const votes = ({ goodVotes, badVotes, votesSetAside }: typeof before) => goodVotes + badVotes + votesSetAside
          expect(Math.abs(votes(after) - votes(before))).toBeLessThanOrEqual(1)
        },
      ),
    )
  })
})
