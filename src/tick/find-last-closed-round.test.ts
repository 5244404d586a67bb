import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { dropPartitions, ensurePartitions } from '../store/partitions.js'
import { MINUTE_MS } from '../time.js'
import { findLastClosedRound } from './find-last-closed-round.js'
import { keptSince } from '../store/kept-since.js'
import { createTestHistory } from '../testing/tick/history.js'

const history = await createTestHistory(inject('template'))
const { store } = history.parts
afterAll(() => store.close())
const NOON = Date.parse('2026-11-22T12:00:00.000Z')

describe('findLastClosedRound', () => {
  beforeEach(async () => {
    await store.prisma.round.deleteMany()
  })

  it('finds none before the first is closed, however long its deadline has passed', async () => {
    expect(await findLastClosedRound(store)).toBeNull()
    await history.addRounds([NOON])
    expect(await findLastClosedRound(store)).toBeNull()
    await history.closeRounds([NOON])
    expect(await findLastClosedRound(store)).toEqual({
      roundAt: new Date(NOON),
      deadlineAt: new Date(NOON + 45_000),
      intervalMs: MINUTE_MS,
    })
  })

  it('passes from one to the next when that is closed', async () => {
    await history.addRounds([NOON, NOON + MINUTE_MS, NOON + 2 * MINUTE_MS])
    await history.closeRounds([NOON, NOON + MINUTE_MS])
    expect((await findLastClosedRound(store))?.roundAt.getTime()).toBe(NOON + MINUTE_MS)
  })
})

describe('keptSince', () => {
  it.each(['2026-11-22T00:00:00.000Z', '2026-11-22T23:59:59.999Z'])(
    'is what is not dropped yet at %s',
    async (text) => {
      const now = Date.parse(text)
      await ensurePartitions(store, now)
      await dropPartitions(store, now, { ticks: 1, verdicts: null, rollups: null })
      const since = keptSince(now, 1)
      expect(new Date(since).toISOString()).toBe('2026-11-21T00:00:00.000Z')
      const tables = await store.sql.query<{ name: string }>(
        `SELECT tablename AS name FROM pg_tables WHERE tablename LIKE 'WebsiteTick\\_%' ORDER BY 1`,
      )
      expect(tables[0]?.name).toBe('WebsiteTick_2026_11_21')
    },
  )
})
