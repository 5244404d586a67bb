import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { type TestValidator } from '../testing/tick/history.js'
import { MINUTE_MS } from '../time.js'
import type { ClosingStep } from '../verdict/round-closing.js'
import { createTestRounds } from '../testing/verdict/rounds.js'
import { addToRollups } from './add-to-rollups.js'
import { LatencySketch } from './latency-sketch.js'

const rounds = await createTestRounds(inject('template'))
const { store, clock } = rounds.parts
afterAll(() => store.close())
const START = clock.now()
const websites: Website[] = []
const validators: TestValidator[] = []

beforeAll(async () => {
  const userId = await rounds.addOwner('owner')
  websites.push(await rounds.addWebsite(userId, 'a'), await rounds.addWebsite(userId, 'b', 5))
  for (let count = 0; count < 3; count++) validators.push(await rounds.addValidator())
})

const LATENCIES_US = [100_000, 150_000]

/** The third validator says Bad. */
async function addRound(minute: number) {
  const asked = { websites: minute % 5 === 0 ? websites : websites.slice(0, 1), validators }
  await rounds.addRound(START + minute * MINUTE_MS, asked, (_website, validator) => {
    const latencyUs = LATENCIES_US[validator]
    return latencyUs === undefined ? 'Bad' : { latencyUs }
  })
}

const COLUMNS = `sum("goodMs")::float8 AS "goodMs", sum("badMs" + "inconclusiveMs")::float8 AS "otherMs", sum("goodCount")::float8 AS "goodCount"`

async function sums() {
  const answers = []
  for (const table of ['QuarterRollup', 'DayRollup']) {
    answers.push(...(await store.sql.query(`SELECT ${COLUMNS} FROM "${table}"`)))
  }
  const [verdicts] = await store.sql.query(
    `SELECT sum("lastsMs")::float8 AS "goodMs", 0 AS "otherMs", count(*)::float8 AS "goodCount" FROM "Verdict" WHERE status = 'Good'`,
  )
  return [...answers, verdicts]
}

describe('rounds that are closed', () => {
  it('are in the rollups once, as their verdicts are', async () => {
    await addRound(0)
    await addRound(1)
    await rounds.closeAfter(START + MINUTE_MS, [addToRollups])
    const expected = { goodMs: 7 * MINUTE_MS, otherMs: 0, goodCount: 3 }
    expect(await sums()).toEqual([expected, expected, expected])
    await rounds.closeAfter(START + MINUTE_MS, [addToRollups])
    expect(await sums()).toEqual([expected, expected, expected])
    const quarters = await store.prisma.quarterRollup.findMany({ orderBy: { websiteNo: 'asc' } })
    expect(quarters.map(({ latency }) => LatencySketch.decode(latency ?? new Uint8Array()).count)).toEqual([4, 2])
  })

  it('are not in them when the closing fails, and are once it succeeds', async () => {
    await addRound(2)
    const before = await sums()
    const fail: ClosingStep = async () => {
      throw new Error('a later step failed')
    }
    await expect(rounds.closeAfter(START + 2 * MINUTE_MS, [addToRollups, fail])).rejects.toThrow('a later step failed')
    expect(await sums()).toEqual(before)
    await rounds.closeAfter(START + 2 * MINUTE_MS, [addToRollups])
    const expected = { goodMs: 8 * MINUTE_MS, otherMs: 0, goodCount: 4 }
    expect(await sums()).toEqual([expected, expected, expected])
  })

  it('catch up after a downtime, each in its own quarter', async () => {
    for (let minute = 3; minute < 33; minute += 3) await addRound(minute)
    await rounds.closeAfter(START + 30 * MINUTE_MS, [addToRollups])
    const [quarters, days, verdicts] = await sums()
    expect(quarters).toEqual(verdicts)
    expect(days).toEqual(verdicts)
    const ofA = await store.prisma.quarterRollup.findMany({
      where: { websiteNo: websites[0]?.no ?? 0 },
      orderBy: { startAt: 'asc' },
    })
    expect(ofA.map(({ startAt, goodCount }) => [(startAt.getTime() - START) / MINUTE_MS, goodCount])).toEqual([
      [0, 7],
      [15, 5],
      [30, 1],
    ])
  })
})
