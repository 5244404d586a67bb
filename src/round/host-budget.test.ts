import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AssignmentInput } from './assignment.js'
import { type BudgetedHost, HOST_BUDGET, writeBudgetSeed } from './host-budget.js'

const ROUND_AT = '2026-11-22T12:00:00.000Z'

interface Fleet {
  validatorNos: readonly number[]
  networks: readonly string[]
}

/** Sizes of networks, the first of which has the validators 1, 2, …. */
function fleetOf(sizes: readonly number[]): Fleet {
  const networks = sizes.flatMap((size, network) => Array.from({ length: size }, () => `network ${network}`))
  return { validatorNos: networks.map((_, index) => index + 1), networks }
}

function inputOf(fleet: Fleet, turn: number, websiteNos: readonly number[], hosts: readonly BudgetedHost[]) {
  const seed = writeBudgetSeed({ roundAt: ROUND_AT, perMinute: 60, turn, hosts })
  return { ...fleet, websiteNos, seed } satisfies AssignmentInput
}

/** Whom each of the websites 1 to `count` of one host is asked of, by their numbers. */
function ask(fleet: Fleet, turn: number, count: number, each: number): number[][] {
  const websites = Array.from({ length: count }, (_, index) => index + 1)
  const { validatorsOf } = HOST_BUDGET.assign(inputOf(fleet, turn, websites, [{ each, websites }]))
  return websites.map((_, index) => {
    const positions = validatorsOf(index) ?? fleet.validatorNos.map((_no, position) => position)
    return positions.map((position) => fleet.validatorNos[position] ?? 0)
  })
}

function networksOf(fleet: Fleet, nos: readonly number[]): string[] {
  return [...new Set(nos.map((no) => fleet.networks[fleet.validatorNos.indexOf(no)] ?? ''))]
}

function tally<Item>(items: readonly Item[], all: readonly Item[]): number[] {
  return all.map((one) => items.filter((item) => item === one).length)
}

const spread = (counts: readonly number[]) => Math.max(...counts) - Math.min(...counts)

const fleets = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 7 }).map(fleetOf)
const turns = fc.integer({ min: 0, max: 40_000_000 })
const counts = fc.integer({ min: 1, max: 6 })
const shares = fc.integer({ min: 1, max: 30 })

describe('host-budget-v1', () => {
  it('asks exactly as many validators about each website as its host allows, each once', () => {
    fc.assert(
      fc.property(fleets, turns, counts, shares, (fleet, turn, count, each) => {
        for (const asked of ask(fleet, turn, count, each)) {
          expect(asked).toHaveLength(Math.min(each, fleet.validatorNos.length))
          expect(new Set(asked).size).toBe(asked.length)
        }
      }),
    )
  })

  it('asks as many networks as it can, in every round, so that N stays the same', () => {
    fc.assert(
      fc.property(fleets, turns, counts, shares, (fleet, turn, count, each) => {
        const most = new Set(fleet.networks).size
        for (const asked of ask(fleet, turn, count, each)) {
          expect(networksOf(fleet, asked)).toHaveLength(Math.min(each, most))
        }
      }),
    )
  })

  it('is fair: as often every network, within one, and as often every validator of a network', () => {
    fc.assert(
      fc.property(fleets, fc.integer({ min: 0, max: 5_000_000 }), counts, shares, (fleet, lap, count, each) => {
        const names = [...new Set(fleet.networks)]
        fc.pre(each <= names.length)
        const rounds = Array.from({ length: names.length }, (_, index) => lap * names.length + index)
        const asked = rounds.flatMap((turn) => ask(fleet, turn, count, each).flat())
        const byNetwork = tally(
          asked.map((no) => fleet.networks[no - 1]),
          names,
        )
        expect(spread(byNetwork)).toBe(0)
        for (const name of names) {
          const members = fleet.validatorNos.filter((no) => fleet.networks[no - 1] === name)
          expect(spread(tally(asked, members))).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('is fair to each validator within one where every network has one, with any share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 5_000_000 }),
        counts,
        shares,
        (...given) => {
          const [size, lap, count, each] = given
          const fleet = fleetOf(Array.from({ length: size }, () => 1))
          const rounds = Array.from({ length: size }, (_, index) => lap * size + index)
          const asked = rounds.flatMap((turn) => ask(fleet, turn, count, each).flat())
          expect(spread(tally(asked, fleet.validatorNos))).toBe(0)
        },
      ),
    )
  })

  it('is fair to the validators of a network when it takes several of them', () => {
    const fleet = fleetOf([5, 5, 2])
    const asked = Array.from({ length: 600 }, (_, turn) => ask(fleet, turn, 3, 7).flat()).flat()
    const counts = tally(asked, fleet.validatorNos)
    expect(counts.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 900))
    // Of the small one, everybody is needed each time.
    expect(counts.slice(10)).toEqual([1800, 1800])
  })

  it('lets every validator look at every website in the course of time', () => {
    const fleet = fleetOf([1, 1, 1, 1])
    const seen = [new Set<number>(), new Set<number>()]
    for (let turn = 0; turn < 100; turn++) {
      for (const [index, asked] of ask(fleet, turn, 2, 1).entries()) for (const no of asked) seen[index]?.add(no)
    }
    expect(seen.map((of) => of.size)).toEqual([4, 4])
  })

  it('asks everybody about websites of hosts that it does not name, and says the same both ways', () => {
    fc.assert(
      fc.property(fleets, turns, shares, (fleet, turn, each) => {
        const input = inputOf(fleet, turn, [1, 2, 3, 5, 8], [{ each, websites: [2, 5] }])
        const { websitesOf, validatorsOf } = HOST_BUDGET.assign(input)
        const given = fleet.validatorNos.map((_, validator) => [...websitesOf(validator)])
        for (const website of input.websiteNos.keys()) {
          const few = validatorsOf(website)
          expect(few === null).toBe(![1, 3].includes(website))
          const positions = given.flatMap((websites, validator) => (websites.includes(website) ? [validator] : []))
          expect(few ?? [...fleet.validatorNos.keys()]).toEqual(positions)
        }
        expect(given.every((websites) => websites.every((one, at) => at === 0 || one > (websites[at - 1] ?? 0)))).toBe(
          true,
        )
      }),
    )
  })

  it('is the same again from what the roster records, and for a website alone', () => {
    fc.assert(
      fc.property(fleets, turns, shares, (fleet, turn, each) => {
        const input = inputOf(fleet, turn, [2, 5, 8], [{ each, websites: [2, 5, 8] }])
        const asked = input.websiteNos.map((_, website) => HOST_BUDGET.assign(input).validatorsOf(website))
        const again = structuredClone(input)
        expect(again.websiteNos.map((_, website) => HOST_BUDGET.assign(again).validatorsOf(website))).toEqual(asked)
        const alone = HOST_BUDGET.assign({ ...input, websiteNos: [5] })
        expect(alone.validatorsOf(0)).toEqual(asked[1])
      }),
    )
  })
})
