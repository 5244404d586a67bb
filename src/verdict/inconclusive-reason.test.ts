import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { WebsiteStatus } from '../protocol/tick.js'
import { inconclusiveReason } from './inconclusive-reason.js'
import { decideVerdict } from './vote-rule.js'

interface Round {
  /** `+`, `-` or `·` for each network that is asked now. */
  votes: string
  recent?: number
  minimum?: number
  /** How many of the first networks are set aside. */
  aside?: number
}

function decide({ votes: text, recent = 0, minimum = 1, aside = 0 }: Round) {
  const said = text
    .split('')
    .flatMap((vote, index): [string, WebsiteStatus][] =>
      vote === '·' ? [] : [[String(index), vote === '+' ? 'Good' : 'Bad']],
    )
  const ballot = { votes: new Map(said), networks: text.length, recentNetworksMax: recent, minimumVotes: minimum }
  const setAside = new Set(Array.from({ length: aside }, (_, index) => String(index)))
  return { ...decideVerdict(ballot, setAside), networkCount: text.length }
}

it.each<[Round, string | null]>([
  [{ votes: '+++' }, null],
  [{ votes: '--+' }, null],
  [{ votes: '+++', recent: 6 }, 'MISSING_NETWORKS'],
  [{ votes: '+', minimum: 2 }, 'BELOW_MINIMUM'],
  [{ votes: '---+++', recent: 6, minimum: 7 }, 'BELOW_MINIMUM'],
  [{ votes: '·' }, 'TOO_FEW_ANSWERS'],
  [{ votes: '-····' }, 'TOO_FEW_ANSWERS'],
  [{ votes: '---+++', aside: 3 }, 'SET_ASIDE'],
  [{ votes: '-+' }, 'DISAGREEMENT'],
  [{ votes: '--++·' }, 'DISAGREEMENT'],
  [{ votes: '--+', minimum: 3 }, 'DISAGREEMENT'],
])('%j is %s', (round, reason) => {
  expect(inconclusiveReason(decide(round))).toBe(reason)
})

it('is given for every Inconclusive verdict, and for no other', () => {
  const anyRound = fc.record({
    votes: fc.string({ unit: fc.constantFrom('+', '-', '·'), minLength: 1, maxLength: 12 }),
    recent: fc.nat(20),
    minimum: fc.integer({ min: 1, max: 15 }),
    aside: fc.nat(6),
  })
  fc.assert(
    fc.property(anyRound, (round) => {
      const verdict = decide(round)
      expect(inconclusiveReason(verdict) !== null).toBe(verdict.status === 'Inconclusive')
    }),
  )
})
