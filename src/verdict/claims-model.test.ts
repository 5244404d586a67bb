import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { storeClaims } from '../abstention/store-claims.js'
import type { Website } from '../generated/prisma/client.js'
import { ABSTENTION_REASONS, type AbstentionReason } from '../protocol/abstention.js'
import type { TestValidator } from '../testing/tick/history.js'
import { createTestRounds } from '../testing/verdict/rounds.js'
import { HOUR_MS, MINUTE_MS } from '../time.js'

const WEBSITES = 3
const VALIDATORS = 3

const rounds = await createTestRounds(inject('template'))
const { store, clock } = rounds.parts
afterAll(() => store.close())
const websites: Website[] = []
const validators: TestValidator[] = []
let next = clock.now()
/** How many answers were stored, each of which pays one lamport. */
let answeredEver = 0

beforeAll(async () => {
  const userId = await rounds.addOwner('owner')
  for (let count = 0; count < WEBSITES; count++) websites.push(await rounds.addWebsite(userId, `w${count}`))
  for (let count = 0; count < VALIDATORS; count++) validators.push(await rounds.addValidator())
})

type Step =
  | { do: 'claim'; validator: number; websites: number[]; reason: AbstentionReason }
  | { do: 'answer'; validator: number; website: number }
  | { do: 'close' }

const who = fc.nat(VALIDATORS - 1)
const which = fc.nat(WEBSITES - 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      validator: who,
      websites: fc.array(which, { minLength: 1, maxLength: 4 }),
      reason: fc.constantFrom(...ABSTENTION_REASONS),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), validator: who, website: which }) },
  { weight: 1, arbitrary: fc.constant({ do: 'close' as const }) },
)

/** One round as a child would keep it: by task, what was claimed first and whether it was answered. */
class NaiveRound {
  readonly claimed = new Map<string, AbstentionReason>()
  readonly answered = new Set<string>()
  isClosed = false

  claim(validator: number, about: readonly number[], reason: AbstentionReason): number {
    if (this.isClosed) return 0
    const before = this.claimed.size
    for (const website of about) {
      const task = `${validator}/${website}`
      if (!this.claimed.has(task) && !this.answered.has(task)) this.claimed.set(task, reason)
    }
    return this.claimed.size - before
  }

  countsOf(isOf: (validator: number, website: number) => boolean): number[] {
    const left = [...this.claimed].filter(([task]) => {
      const [validator = 0, website = 0] = task.split('/').map(Number)
      return !this.answered.has(task) && isOf(validator, website)
    })
    if (left.length === 0) return []
    return ABSTENTION_REASONS.map((reason) => left.filter(([, one]) => one === reason).length)
  }
}

async function take(one: Step, roundAt: number, model: NaiveRound): Promise<void> {
  if (one.do === 'close') {
    await rounds.closeAfter(roundAt)
    model.isClosed = true
    return
  }
  const validator = validators[one.validator] as TestValidator
  if (one.do === 'claim') {
    const callbacks = one.websites.map((website) => ({ roundAt, websiteNo: (websites[website] as Website).no }))
    const { taken } = await storeClaims(store.sql, { validatorNo: validator.no, reason: one.reason }, callbacks)
    const expected = model.claim(one.validator, one.websites, one.reason)
    if (taken !== expected) throw new Error(`${taken} claims were taken instead of ${expected}`)
    return
  }
  const task = `${one.validator}/${one.website}`
  if (model.isClosed || model.answered.has(task)) return
  await rounds.submit(validator, 'single', [{ website: websites[one.website] as Website, roundAt }])
  model.answered.add(task)
}

async function compare(roundAt: number, model: NaiveRound): Promise<void> {
  for (const [index, website] of websites.entries()) {
    expect((await rounds.verdictsOf(website)).at(-1)).toMatchObject({
      roundAt: new Date(roundAt),
      asked: VALIDATORS,
      answered: [...model.answered].filter((task) => task.endsWith(`/${index}`)).length,
      abstentions: model.countsOf((_validator, of) => of === index),
    })
  }
  const hours = await store.prisma.abstentionHour.findMany({ where: { hourAt: new Date(roundAt) } })
  for (const [index, { no }] of validators.entries()) {
    const own = hours.filter(({ validatorNo }) => validatorNo === no)
    const counts = ABSTENTION_REASONS.map((reason) => own.find((hour) => hour.reason === reason)?.count ?? 0)
    const expected = model.countsOf((validator) => validator === index)
    expect(own.length === 0 ? [] : counts).toEqual(expected)
  }
}

describe('claims', () => {
  it('of whatever validators in whatever order come to what a naive model says', async () => {
    const couldNotCheck = validators.map(() => 0)
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        next += HOUR_MS
        await rounds.addRounds([next])
        await rounds.addRoster(next, { websites, validators })
        const model = new NaiveRound()
        for (const one of steps) await take(one, next, model)
        await take({ do: 'close' }, next, model)
        await compare(next, model)
        expect(await store.prisma.abstention.count()).toBe(0)
        for (const index of validators.keys()) {
          const counts = model.countsOf((validator) => validator === index)
          couldNotCheck[index] = (couldNotCheck[index] ?? 0) + counts.reduce((sum, count) => sum + count, 0)
        }
        answeredEver += model.answered.size
      }),
      { numRuns: 10, endOnFailure: true },
    )
    const days = await store.prisma.validatorDay.groupBy({
      by: ['validatorNo'],
      _sum: { couldNotCheck: true, unanswered: true },
      orderBy: { validatorNo: 'asc' },
    })
    expect(days.map(({ _sum }) => _sum.couldNotCheck)).toEqual(couldNotCheck)
    const balances = await store.prisma.validator.findMany({ select: { pendingPayouts: true } })
    expect(balances.reduce((sum, { pendingPayouts }) => sum + pendingPayouts, 0n)).toBe(BigInt(answeredEver))
  })
})

describe('a claim', () => {
  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn++) await new Promise((resolve) => void setImmediate(resolve))
  }

  it('that races with the seal is counted or late, and nothing between', async () => {
    const [website] = websites as [Website]
    for (let round = 0; round < 12; round++) {
      next += MINUTE_MS
      const roundAt = next
      await rounds.addRounds([roundAt])
      await rounds.addRoster(roundAt, { websites: [website], validators })
      clock.moveTo(roundAt + MINUTE_MS - 1)
      const later = async ({ no }: TestValidator, wait: number) => {
        await turns(wait)
        return storeClaims(store.sql, { validatorNo: no, reason: 'STALLED' }, [{ roundAt, websiteNo: website.no }])
      }
      const [claims] = await Promise.all([
        Promise.all(validators.map((validator, index) => later(validator, round * index))),
        rounds.close(),
      ])
      const taken = claims.filter((claim) => claim.taken === 1)
      expect(taken.every(({ open }) => open.has(roundAt))).toBe(true)
      expect(claims.filter((claim) => claim.taken === 0).every(({ open }) => open.size === 0)).toBe(true)
      const verdict = (await rounds.verdictsOf(website)).at(-1)
      expect(verdict?.roundAt.getTime()).toBe(roundAt)
      expect(verdict?.abstentions[ABSTENTION_REASONS.indexOf('STALLED')] ?? 0).toBe(taken.length)
      expect(await store.prisma.abstention.count()).toBe(0)
    }
  })

  it('that races with its answer takes nothing from it', async () => {
    const [website] = websites as [Website]
    for (let round = 0; round < 8; round++) {
      next += MINUTE_MS
      const roundAt = next
      await rounds.addRounds([roundAt])
      await rounds.addRoster(roundAt, { websites: [website], validators })
      await Promise.all(
        validators.flatMap((validator, index) => {
          const about = [{ roundAt, websiteNo: website.no }]
          const claim = async () => {
            await turns(round * index)
            return storeClaims(store.sql, { validatorNo: validator.no, reason: 'STALLED' }, about)
          }
          return [claim(), rounds.submit(validator, 'single', [{ website, roundAt }])]
        }),
      )
      await rounds.closeAfter(roundAt)
      const verdict = (await rounds.verdictsOf(website)).at(-1)
      expect(verdict).toMatchObject({ status: 'Good', answered: VALIDATORS, abstentions: [] })
      expect(await store.prisma.abstention.count()).toBe(0)
    }
  })
})
