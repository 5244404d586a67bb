import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../time.js'
import { isDue } from './assignment.js'
import { allowanceOf, type BudgetInput, hostLoads, planBudget, restraintOf } from './plan-budget.js'

const NOBODY_ELSE = { givenElsewhere: new Map<number, number>(), lastAskedAt: new Map<number, number>() }

function websitesOn(host: string, count: number, from = 1, everyRounds = 1) {
  return Array.from({ length: count }, (_, index) => ({
    no: from + index,
    url: `https://${host}/${index}`,
    everyRounds,
  }))
}

type Site = ReturnType<typeof websitesOn>[number]

function planOf(websites: readonly Site[], given: Partial<BudgetInput> & { perMinute: number; turn?: number }) {
  const { perMinute, turn = 0, ...rest } = given
  const due = websites.filter((website) => isDue(website, turn * MINUTE_MS, MINUTE_MS))
  return planBudget({
    ...NOBODY_ELSE,
    loads: hostLoads(websites),
    due: new Set(due.map(({ no }) => no)),
    allowance: allowanceOf(perMinute, MINUTE_MS, turn),
    validators: { own: 10, elsewhere: 0 },
    ...rest,
  })
}

describe('allowanceOf', () => {
  it.each([
    [60, 60_000, 60],
    [60, 300_000, 60],
    [60, 5_000, 5],
    [60, 45_000, 30],
    [7, 30_000, 3.5],
  ])('%s a minute are for rounds of %s ms %s each', (perMinute, intervalMs, steady) => {
    expect(allowanceOf(perMinute, intervalMs, 3).steady).toBe(steady)
  })

  it('comes to the budget over the rounds of any minute, however short they are', () => {
    const arguments_ = [
      fc.integer({ min: 1, max: 1000 }),
      fc.constantFrom(1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60),
      fc.integer({ min: 0, max: 1e9 }),
    ] as const
    fc.assert(
      fc.property(...arguments_, (perMinute, rounds, turn) => {
        const shares = Array.from({ length: rounds }, (_, index) =>
          allowanceOf(perMinute, MINUTE_MS / rounds, turn + index),
        )
        expect(shares.reduce((sum, { round }) => sum + round, 0)).toBe(perMinute)
        expect(shares.every(({ round, steady }) => round >= Math.floor(steady))).toBe(true)
      }),
    )
  })
})

describe('hostLoads', () => {
  it('takes the websites of a host together, whatever their ports and whoever registered them', () => {
    const urls = ['https://a.example/', 'http://a.example:8080/x', 'https://a.example./y', 'https://b.a.example/']
    const loads = hostLoads(urls.map((url, index) => ({ no: index + 1, url, everyRounds: 1 })))
    expect(loads.map(({ host, peak }) => [host, peak])).toEqual([
      ['a.example', 3],
      ['b.a.example', 1],
    ])
  })

  it('never counts fewer than a round asks for', () => {
    const sites = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(sites, fc.integer({ min: 0, max: 1e6 }), (everyRounds, turn) => {
        const websites = everyRounds.map((every, index) => ({
          no: index + 3,
          url: 'http://a.example/',
          everyRounds: every,
        }))
        const due = websites.filter((website) => isDue(website, turn * MINUTE_MS, MINUTE_MS))
        expect(hostLoads(websites)[0]?.peak).toBeGreaterThanOrEqual(due.length)
      }),
    )
  })

  it('counts those that take turns once', () => {
    expect(hostLoads(websitesOn('a.example', 60, 1, 60))[0]?.peak).toBe(1)
  })
})

describe('planBudget', () => {
  const fleets = fc.integer({ min: 0, max: 30 })
  const budgets = fc.integer({ min: 1, max: 60 })
  const sites = fc
    .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 20 })
    .map((rounds) =>
      rounds.map((everyRounds, index) => ({ no: index + 1, url: `http://${index % 3}.example/`, everyRounds })),
    )
  const askedOf = (plan: ReturnType<typeof planOf>, own: number) => {
    const each = new Map(plan.hosts.flatMap((host) => host.websites.map((no) => [no, host.each] as const)))
    return new Map(plan.websiteNos.map((no) => [no, Math.min(own, each.get(no) ?? own)]))
  }

  it('never goes over the budget of a host, and leaves no website out while it suffices', () => {
    fc.assert(
      fc.property(sites, budgets, fleets, fc.integer({ min: 0, max: 1e6 }), (websites, perMinute, own, turn) => {
        const plan = planOf(websites, { perMinute, turn, validators: { own, elsewhere: 0 } })
        const asked = askedOf(plan, own)
        const due = websites.filter((website) => isDue(website, turn * MINUTE_MS, MINUTE_MS))
        for (const { websites: on } of hostLoads(websites)) {
          const dueOn = due.filter(({ no }) => on.some((website) => website.no === no))
          const counts = dueOn.map(({ no }) => asked.get(no) ?? 0)
          expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(perMinute)
          const outcome = dueOn.filter(({ no }) => plan.leftOut.includes(no)).length
          expect(outcome).toBe(own === 0 ? 0 : Math.max(0, dueOn.length - perMinute))
        }
        expect([...plan.websiteNos, ...plan.leftOut].sort((a, b) => a - b)).toEqual(due.map(({ no }) => no))
      }),
    )
  })

  it('asks everybody where the budget suffices for that', () => {
    expect(planOf(websitesOn('a.example', 6), { perMinute: 60 })).toEqual({
      hosts: [],
      websiteNos: [1, 2, 3, 4, 5, 6],
      leftOut: [],
    })
  })

  it('asks as many in every round, also when fewer websites are due', () => {
    const websites = [...websitesOn('a.example', 3), ...websitesOn('a.example', 4, 4, 2)]
    const each = [0, 1, 2, 3].map((turn) => planOf(websites, { perMinute: 15, turn }).hosts.map((host) => host.each))
    expect(each).toEqual([[3], [3], [3], [3]])
  })

  it('lets websites take turns when there are more of them than checks, none twice before all were asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 15 }), fc.integer({ min: 1, max: 14 }), (count, perMinute) => {
        fc.pre(perMinute < count)
        const websites = websitesOn('a.example', count)
        const lastAskedAt = new Map<number, number>()
        const times = new Map(websites.map(({ no }) => [no, 0]))
        for (let turn = 0; turn < 3 * count; turn++) {
          const plan = planOf(websites, { perMinute, turn, lastAskedAt })
          expect(plan.hosts).toEqual([{ each: 1, websites: plan.websiteNos }])
          expect(plan.websiteNos).toHaveLength(perMinute)
          for (const no of plan.websiteNos) {
            lastAskedAt.set(no, turn)
            times.set(no, (times.get(no) ?? 0) + 1)
          }
          expect(Math.max(...times.values()) - Math.min(...times.values())).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('shares a host among hubs by their validators, and never spends the same check twice', () => {
    const websites = websitesOn('a.example', 4)
    const mine = planOf(websites, { perMinute: 20, validators: { own: 6, elsewhere: 3 } })
    expect(mine.hosts).toEqual([{ each: 3, websites: [1, 2, 3, 4] }])
    const givenElsewhere = new Map([1, 2, 3, 4].map((no) => [no, 3]))
    const others = planOf(websites, { perMinute: 20, validators: { own: 3, elsewhere: 6 }, givenElsewhere })
    expect(others.hosts).toEqual([{ each: 1, websites: [1, 2, 3, 4] }])
    // Whoever is new cannot know of the first, and finds what is left.
    const all = new Map([1, 2, 3, 4].map((no) => [no, 5]))
    const late = planOf(websites, { perMinute: 20, validators: { own: 9, elsewhere: 0 }, givenElsewhere: all })
    expect(late).toEqual({ hosts: [], websiteNos: [], leftOut: [] })
  })

  it('asks for what no other hub asks for first', () => {
    const websites = websitesOn('a.example', 4)
    const givenElsewhere = new Map([1, 2].map((no) => [no, 1]))
    const plan = planOf(websites, { perMinute: 3, givenElsewhere })
    expect(plan).toEqual({ hosts: [{ each: 1, websites: [3] }], websiteNos: [3], leftOut: [4] })
  })
})

describe('restraintOf', () => {
  it.each([
    [10, 60, { validators: 6, turns: 1 }],
    [60, 60, { validators: 1, turns: 1 }],
    [61, 60, { validators: 1, turns: 2 }],
    [181, 60, { validators: 1, turns: 4 }],
  ])('of %s websites and %s checks a minute is %j', (peak, perMinute, restraint) => {
    expect(restraintOf({ peak }, allowanceOf(perMinute, MINUTE_MS, 0))).toEqual(restraint)
  })
})
