import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { countOperations } from '../owner/test-parts.js'
import type { WebsiteStatus } from '../protocol/tick.js'
import { isDue } from '../round/assignment.js'
import { findStatuses, majority } from './find-status.js'
import { createTestHistory, MINUTE_MS } from './test-history.js'

describe('majority', () => {
  it.each<[number, number, WebsiteStatus | null]>([
    [0, 0, null],
    [1, 0, 'Good'],
    [0, 1, 'Bad'],
    [1, 1, null],
    [2, 1, 'Good'],
    [1, 2, 'Bad'],
    [100, 100, null],
  ])('of %i Good and %i Bad is %s', (good, bad, status) => {
    expect(majority(good, bad)).toBe(status)
  })
})

describe('findStatuses', async () => {
  const history = await createTestHistory(inject('template'))
  const { store } = history.parts
  afterAll(() => store.close())
  const NOON = Date.parse('2026-11-22T12:00:00.000Z')
  const ENDED = NOON + 45_000
  const userId = await history.addOwner('owner')
  const validators = await Promise.all([history.addValidator(), history.addValidator(), history.addValidator()])
  const website = await history.addWebsite(userId, 'a')

  /** Stores one answer a status, each of another validator. */
  async function answer(of: Website, roundAt: number, statuses: readonly WebsiteStatus[]) {
    for (const [index, status] of statuses.entries()) {
      const validator = validators[index]
      if (validator) await history.submit(validator, 'single', [{ website: of, roundAt, status }])
    }
  }
  const statusAt = async (now: number, of: Website = website) => (await findStatuses(store, [of], now))[0]

  beforeEach(async () => {
    await store.sql.run('DELETE FROM "Round"; DELETE FROM "WebsiteTick"')
  })

  it.each<[WebsiteStatus[], WebsiteStatus | null]>([
    [[], null],
    [['Good'], 'Good'],
    [['Good', 'Bad'], null],
    [['Good', 'Bad', 'Bad'], 'Bad'],
  ])('of %j is %s', async (statuses, status) => {
    await history.addRounds([NOON])
    await answer(website, NOON, statuses)
    expect(await statusAt(ENDED)).toBe(status)
  })

  it('looks at the last ended round only', async () => {
    await history.addRounds([NOON, NOON + MINUTE_MS])
    await answer(website, NOON, ['Good'])
    await answer(website, NOON + MINUTE_MS, ['Bad'])
    expect(await statusAt(NOON + 44_999)).toBeNull()
    expect(await statusAt(ENDED)).toBe('Good')
    expect(await statusAt(ENDED + MINUTE_MS - 1)).toBe('Good')
    expect(await statusAt(ENDED + MINUTE_MS)).toBe('Bad')
  })

  it('is null when nobody has checked for more than two turns', async () => {
    await history.addRounds([NOON])
    await answer(website, NOON, ['Good'])
    expect(await statusAt(ENDED + 2 * MINUTE_MS)).toBe('Good')
    expect(await statusAt(ENDED + 2 * MINUTE_MS + 1)).toBeNull()
    await history.addRounds([NOON + MINUTE_MS])
    expect(await statusAt(ENDED + MINUTE_MS)).toBeNull()
  })

  it('looks back to the round that asked for the website, as isDue says', async () => {
    const rounds = Array.from({ length: 30 }, (_, index) => NOON + index * MINUTE_MS)
    await history.addRounds(rounds)
    const lastRound = rounds.at(-1) ?? 0
    const validator = await history.addValidator()
    const intervals = [1, 2, 3, 7, 10, 29]
    const websites = await Promise.all(intervals.map((every) => history.addWebsite(userId, `every-${every}`, every)))
    const expected = []
    for (const one of websites) {
      const due = rounds.findLast((roundAt) => isDue(one, roundAt, MINUTE_MS)) ?? 0
      // Every other round says the contrary, so that only the right one gives the right answer.
      const answers = rounds.map((roundAt) => ({
        website: one,
        roundAt,
        status: roundAt === due ? ('Bad' as const) : ('Good' as const),
      }))
      await history.submit(validator, 'batch', answers)
      expected.push('Bad')
    }
    expect(await findStatuses(store, websites, lastRound + 45_000)).toEqual(expected)
  })

  it('tells of any number in their order, in one statement', async () => {
    await history.addRounds([NOON])
    const websites = await Promise.all(Array.from({ length: 5 }, (_, no) => history.addWebsite(userId, `n${no}`)))
    const statuses = (['Good', 'Bad', null, 'Bad', 'Good'] as const).slice()
    for (const [index, status] of statuses.entries()) {
      const one = websites[index]
      if (one && status) await answer(one, NOON, [status])
    }
    const counted = countOperations(store)
    const asked = [...websites, ...websites.slice(0, 1), { no: 999_999, everyRounds: 1 }]
    expect(await findStatuses(counted.store, asked, ENDED)).toEqual([...statuses, 'Good', null])
    expect(counted.count()).toBe(1)
  })
})
