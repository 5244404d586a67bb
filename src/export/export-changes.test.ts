import { afterAll, describe, expect, inject, it } from 'vitest'
import { createTestHistory } from '../testing/tick/history.js'
import { MINUTE_MS } from '../time.js'
import { exportWebsiteRows } from './export-website-rows.js'

const NOON = Date.parse('2026-11-22T12:00:00.000Z')
const INSTANTS = [NOON - 3, NOON - 2, NOON - 1, NOON + 500 * MINUTE_MS].map((at) => new Date(at))

const history = await createTestHistory(inject('template'))
const { store } = history.parts
afterAll(() => store.close())
const userId = await history.addOwner('ada')
const { id } = await history.addWebsite(userId, 'shop')
await history.addRounds([NOON])
await store.prisma.round.updateMany({ data: { closedAt: new Date(NOON + MINUTE_MS) } })
await store.prisma.website.update({ where: { id }, data: { deletedAt: INSTANTS[3] ?? null } })
await store.prisma.websiteChange.deleteMany({ where: { websiteId: id } })
await store.prisma.websiteChange.createMany({
  data: INSTANTS.map((at, index) => ({
    websiteId: id,
    at,
    ...changeAt(index),
    everyRounds: index + 1,
    checkRevision: 7,
  })),
})

function changeAt(index: number) {
  return { enabled: index % 2 === 0, deleted: index === 3 }
}

async function rowsOf(span: { from?: number; until?: number }): Promise<unknown[]> {
  const { from = null, until = null } = span
  let lines = ''
  const request = { kind: 'changes', format: 'jsonl', userId, website: null, from, until } as const
  for await (const piece of exportWebsiteRows(history.parts, request)) lines += piece
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
}

describe('the log of changes', () => {
  const rowAt = (index: number) => ({
    at: INSTANTS[index]?.toISOString(),
    website: id,
    ...changeAt(index),
    every_rounds: index + 1,
    check_revision: 7,
  })

  it('goes on after the newest round, also of a website that is deleted', async () => {
    expect(await rowsOf({})).toEqual([0, 1, 2, 3].map(rowAt))
  })

  it.each<[number, number | undefined, number[]]>([
    [NOON - 1, undefined, [2, 3]],
    [NOON, NOON + MINUTE_MS, [2]],
    [NOON - 2, NOON - 1, [1]],
    [NOON + 501 * MINUTE_MS, undefined, [3]],
    [0, NOON, [0, 1, 2]],
  ])('begins with what is in force at %i', async (from, until, indexes) => {
    expect(await rowsOf({ from, ...(until !== undefined && { until }) })).toEqual(indexes.map(rowAt))
  })
})
