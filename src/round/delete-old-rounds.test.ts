import { afterAll, describe, expect, inject, it } from 'vitest'
import type { Settings } from '../settings.js'
import { createManualClock } from '../testing/manual-clock.js'
import { openTestStore } from '../testing/test-store.js'
import { DAY_MS } from '../time.js'
import { deleteOldRounds } from './delete-old-rounds.js'

const store = await openTestStore(inject('template'))
afterAll(() => store.close())
const clock = createManualClock(Date.parse('2026-11-22T13:00:00.000Z'))
const settings = { tickRetentionDays: 7, verdictRetentionDays: 90 } as Settings

describe('deleteOldRounds', () => {
  const NOON = Date.parse('2026-11-22T12:00:00.000Z')
  const left = async () => {
    const rounds = await store.prisma.round.findMany({ orderBy: { roundAt: 'desc' } })
    return rounds.map(({ roundAt }) => (NOON - roundAt.getTime()) / DAY_MS)
  }

  it('keeps what verdicts, ticks and open rounds need, and the newest', async () => {
    await store.prisma.round.createMany({
      data: [1, 7, 90, 97, 98, 99, 120].map((days) => ({
        roundAt: new Date(NOON - days * DAY_MS),
        deadlineAt: new Date(NOON - days * DAY_MS + 45_000),
        intervalMs: 60_000,
        keyId: 1,
        setAside: [],
        closedAt: days === 99 ? null : new Date(NOON),
      })),
    })
    await deleteOldRounds({ store, clock, settings: { ...settings, tickRetentionDays: 200 } })
    expect(await left()).toEqual([1, 7, 90, 97, 98, 99, 120])
    await deleteOldRounds({ store, clock, settings })
    expect(await left()).toEqual([1, 7, 90, 97, 99])
    clock.jumpTo(NOON + 400 * DAY_MS)
    await deleteOldRounds({ store, clock, settings })
    expect(await left()).toEqual([1, 99])
  })
})
