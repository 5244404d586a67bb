import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { dropPartitions, ensurePartitions } from '../store/partitions.js'
import { findLastEndedRound } from './find-last-ended-round.js'
import { keptSince } from './kept-since.js'
import { createTestHistory, MINUTE_MS } from './test-history.js'

const history = await createTestHistory(inject('template'))
const { store } = history.parts
afterAll(() => store.close())
const NOON = Date.parse('2026-11-22T12:00:00.000Z')
const lastAt = async (now: number) => (await findLastEndedRound(store, now))?.roundAt.getTime() ?? null

describe('findLastEndedRound', () => {
  beforeEach(async () => {
    await store.prisma.round.deleteMany()
  })

  it('finds none before the first deadline', async () => {
    expect(await lastAt(NOON)).toBeNull()
    await history.addRounds([NOON])
    expect(await lastAt(NOON + 44_999)).toBeNull()
    expect(await findLastEndedRound(store, NOON + 45_000)).toEqual({
      roundAt: new Date(NOON),
      deadlineAt: new Date(NOON + 45_000),
      intervalMs: MINUTE_MS,
    })
  })

  it('passes from one to the next at its deadline', async () => {
    await history.addRounds([NOON, NOON + MINUTE_MS])
    expect(await lastAt(NOON + MINUTE_MS + 44_999)).toBe(NOON)
    expect(await lastAt(NOON + MINUTE_MS + 45_000)).toBe(NOON + MINUTE_MS)
  })

  it('does not let a short round uncover an older one that is still open', async () => {
    await history.addRounds([NOON - MINUTE_MS, NOON])
    await history.addRounds([NOON + 5_000, NOON + 10_000], { intervalMs: 5_000, deadlineMs: 3_000 })
    expect(await lastAt(NOON + 14_000)).toBe(NOON - MINUTE_MS)
    expect(await lastAt(NOON + 45_000)).toBe(NOON + 10_000)
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
