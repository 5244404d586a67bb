import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { storeClaims } from '../abstention/store-claims.js'
import type { Website } from '../generated/prisma/client.js'
import { OPERATOR } from '../graph/actor.js'
import { ABSTENTION_REASONS, type AbstentionReason } from '../protocol/abstention.js'
import { dropFutureRounds } from '../round/drop-future-rounds.js'
import { ensurePartitions } from '../store/partitions.js'
import type { TestValidator } from '../testing/tick/history.js'
import { createTestRounds, type Said } from '../testing/verdict/rounds.js'
import { HOUR_MS, MINUTE_MS } from '../time.js'
import { findReliabilities } from './find-reliability.js'

const rounds = await createTestRounds(inject('template'))
const { store, clock } = rounds.parts
afterAll(() => store.close())
const websites: Website[] = []
const validators: TestValidator[] = []
let next = clock.now()

beforeAll(async () => {
  const userId = await rounds.addOwner('owner')
  for (const name of ['a', 'b', 'c']) websites.push(await rounds.addWebsite(userId, name))
  for (let count = 0; count < 5; count++) validators.push(await rounds.addValidator())
})

const site = (index: number): Website => websites[index] as Website
const validator = (index: number): TestValidator => validators[index] as TestValidator
const latest = async (index: number) => (await rounds.verdictsOf(site(index))).at(-1)
const openClaims = () => store.prisma.abstention.count()

/** A round in an hour of its own, so that none remembers another. */
async function addRound(said: (website: number, validator: number) => Said): Promise<number> {
  next += HOUR_MS
  await rounds.addRound(next, { websites, validators }, said)
  return next
}

async function claim(roundAt: number, of: number, about: readonly number[], reason: AbstentionReason): Promise<number> {
  const callbacks = about.map((website) => ({ roundAt, websiteNo: site(website).no }))
  return (await storeClaims(store.sql, { validatorNo: validator(of).no, reason }, callbacks)).taken
}

/** Of each reason that is there, in the order of the list. */
function counts(given: Partial<Record<AbstentionReason, number>>): number[] {
  return ABSTENTION_REASONS.map((reason) => given[reason] ?? 0)
}

const hoursOf = (index: number) =>
  store.prisma.abstentionHour.findMany({
    where: { validatorNo: validator(index).no },
    orderBy: [{ hourAt: 'asc' }, { reason: 'asc' }],
    omit: { validatorNo: true },
  })

describe('what could not be checked', () => {
  it('changes nothing of a verdict but its own counts', async () => {
    const verdicts: Record<string, unknown>[][] = []
    for (const isClaimed of [false, true]) {
      const roundAt = await addRound((website, of) => {
        if (website === 0) return of === 3 ? 'Bad' : null
        return of === 0 ? null : website === 1 ? 'Bad' : 'Good'
      })
      for (const of of isClaimed ? [0, 1, 2, 3, 4] : []) {
        await claim(roundAt, of, [0, 1, 2], of === 0 ? 'NO_NETWORK' : 'CAPTIVE_PORTAL')
      }
      await rounds.closeAfter(roundAt)
      verdicts.push((await Promise.all([0, 1, 2].map(latest))).map((verdict) => ({ ...verdict })))
    }
    const [without = [], claimed = []] = verdicts
    // Its instant is another, and the leaves of its ticks name it.
    const own = { roundAt: null, root: null, abstentions: null }
    expect(claimed.map((verdict) => ({ ...verdict, ...own }))).toEqual(
      without.map((verdict) => ({ ...verdict, ...own })),
    )
    expect(claimed.map(({ status }) => status)).toEqual(['Inconclusive', 'Bad', 'Good'])
    expect(without.map(({ abstentions }) => abstentions)).toEqual([[], [], []])
    expect(claimed.map(({ abstentions }) => abstentions)).toEqual([
      counts({ NO_NETWORK: 1, CAPTIVE_PORTAL: 3 }),
      counts({ NO_NETWORK: 1 }),
      counts({ NO_NETWORK: 1 }),
    ])
  })

  it('counts for nothing where the answer came after all', async () => {
    next += HOUR_MS
    await rounds.addRounds([next])
    await rounds.addRoster(next, { websites, validators })
    for (const of of [0, 1, 2, 3, 4]) await claim(next, of, [0, 1, 2], 'NO_TIME')
    for (const of of [0, 1, 2]) {
      await rounds.submit(validator(of), 'batch', [
        { website: site(0), roundAt: next },
        { website: site(1), roundAt: next },
      ])
    }
    await rounds.closeAfter(next)
    expect(await latest(0)).toMatchObject({ status: 'Good', answered: 3, abstentions: counts({ NO_TIME: 2 }) })
    expect(await latest(2)).toMatchObject({ status: 'Inconclusive', answered: 0, abstentions: counts({ NO_TIME: 5 }) })
    expect((await hoursOf(0)).at(-1)).toMatchObject({ hourAt: new Date(next), reason: 'NO_TIME', count: 1 })
    expect((await hoursOf(4)).at(-1)).toMatchObject({ hourAt: new Date(next), reason: 'NO_TIME', count: 3 })
  })

  it('is kept by the hour of the round, over all of its rounds', async () => {
    next += HOUR_MS
    const inHour = [0, 59].map((minute) => next + minute * MINUTE_MS)
    for (const roundAt of inHour) {
      await rounds.addRound(roundAt, { websites, validators }, () => null)
      await claim(roundAt, 0, [0, 1], 'STALLED')
      await claim(roundAt, 0, [2], 'CLOCK_OFF')
    }
    next = inHour[1] ?? next
    await rounds.closeAfter(next)
    next -= 59 * MINUTE_MS
    expect((await hoursOf(0)).slice(-2)).toEqual([
      { hourAt: new Date(next), reason: 'STALLED', count: 4 },
      { hourAt: new Date(next), reason: 'CLOCK_OFF', count: 2 },
    ])
  })

  it('is not counted about a website that is disabled or deleted by then, and leaves no row', async () => {
    const roundAt = await addRound(() => null)
    const before = await hoursOf(1)
    await claim(roundAt, 1, [0, 1, 2], 'NO_NETWORK')
    await store.prisma.website.update({ where: { no: site(1).no }, data: { enabled: false } })
    await store.prisma.website.update({ where: { no: site(2).no }, data: { deletedAt: new Date(roundAt) } })
    await rounds.closeAfter(roundAt)
    await store.prisma.website.update({ where: { no: site(1).no }, data: { enabled: true } })
    await store.prisma.website.update({ where: { no: site(2).no }, data: { deletedAt: null } })
    expect(await openClaims()).toBe(0)
    expect(await hoursOf(1)).toEqual([...before, { hourAt: new Date(roundAt), reason: 'NO_NETWORK', count: 1 }])
    expect((await latest(1))?.roundAt.getTime()).toBeLessThan(roundAt)
  })

  it('is counted once, when a closing fails in between and the round is closed later', async () => {
    const roundAt = await addRound(() => null)
    await claim(roundAt, 2, [0, 1], 'AGENT_FAULT')
    const before = [
      await hoursOf(2),
      await store.prisma.validatorDay.findMany(),
      await store.prisma.abstention.findMany(),
    ]
    await expect(rounds.closeAfter(roundAt, [() => Promise.reject(new Error('killed'))])).rejects.toThrow('killed')
    expect([
      await hoursOf(2),
      await store.prisma.validatorDay.findMany(),
      await store.prisma.abstention.findMany(),
    ]).toEqual(before)
    // It is sealed: what comes now is late.
    expect(await claim(roundAt, 2, [2], 'AGENT_FAULT')).toBe(0)
    await rounds.close()
    await rounds.close()
    expect(await openClaims()).toBe(0)
    expect((await hoursOf(2)).at(-1)).toEqual({ hourAt: new Date(roundAt), reason: 'AGENT_FAULT', count: 2 })
  })

  it('goes with a round that an operator takes back', async () => {
    next += HOUR_MS
    await rounds.addRounds([next])
    await claim(next, 0, [0], 'STALLED')
    expect(await openClaims()).toBe(1)
    const machine = { now: () => next - 1 }
    expect(await dropFutureRounds({ store, clock, machine }, OPERATOR)).toMatchObject({ kind: 'dropped' })
    expect(await openClaims()).toBe(0)
  })
})

describe('how reliable a validator is', () => {
  const reliabilityOf = async (index: number) => {
    const [found] = await findReliabilities(store, [validator(index).no], 'LAST_24_HOURS', next)
    return found
  }

  it('says how many of the missed it had explained, and is no better for it', async () => {
    next = Date.parse('2026-11-25T00:00:00.000Z')
    await ensurePartitions(store, next)
    await rounds.addRounds([next])
    await rounds.addRoster(next, { websites, validators })
    await claim(next, 3, [0, 1], 'STALLED')
    await claim(next, 4, [0], 'STALLED')
    await rounds.submit(validator(4), 'batch', [
      { website: site(0), roundAt: next },
      { website: site(1), roundAt: next },
    ])
    await rounds.closeAfter(next)
    const whole = { asked: 3, agreed: 0, disagreed: 0, late: 0, ratio: 0 }
    expect(await reliabilityOf(3)).toMatchObject({ ...whole, undecided: 0, missed: 3, couldNotCheck: 2 })
    expect(await reliabilityOf(4)).toMatchObject({ ...whole, undecided: 2, missed: 1, couldNotCheck: 0 })
    expect(await reliabilityOf(2)).toMatchObject({ missed: 3, couldNotCheck: 0 })
  })

  it('never explains more than it missed, where answers came late after the claim', async () => {
    await store.prisma.validatorDay.updateMany({ where: { validatorNo: validator(3).no }, data: { late: 2 } })
    expect(await reliabilityOf(3)).toMatchObject({ missed: 1, late: 2, couldNotCheck: 1 })
  })
})
