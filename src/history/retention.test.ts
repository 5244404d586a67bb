import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { ask } from '../testing/owner/parts.js'
import { formatInstant } from '../protocol/text-forms.js'
import { dropPartitions, ensurePartitions } from '../store/partitions.js'
import { DAY_MS, MINUTE_MS } from '../time.js'
import { QUARTER_MS } from './spans.js'
import { addTestVerdicts, closeTestRound, type TestVerdict } from '../testing/history/closings.js'
import { createTestGraph } from '../testing/history/graph.js'

const { parts, owner, schema, addWebsite } = await createTestGraph(inject('template'))
const { store, clock, settings } = parts
afterAll(() => store.close())
/** Midnight of the day before the clock's. */
const START = Math.floor(clock.now() / DAY_MS) * DAY_MS - DAY_MS
let website: Website

beforeAll(async () => {
  website = await addWebsite('a')
  const statuses = ['Good', 'Good', 'Bad', 'Good', 'Inconclusive', 'Good', 'Good'] as const
  const verdicts: (TestVerdict & { roundAt: number })[] = []
  // 35 hours, a round every seven minutes, so that verdicts lie over the edges of quarters and days.
  for (let index = 0; index < 35 * 60; index += 7) {
    verdicts.push({
      roundAt: START + index * MINUTE_MS,
      websiteNo: website.no,
      status: statuses[index % 5] ?? 'Good',
      inMaintenance: index % 11 === 0,
      lastsMs: 7 * MINUTE_MS,
      goodLatenciesUs: [50_000 + index, 90_000],
    })
  }
  await addTestVerdicts(store, verdicts)
  await closeTestRound(store, START + 36 * 60 * MINUTE_MS)
})

const UPTIME = `uptime(over: { span: { from: $from, to: $to } }, method: $method) { basis method from to ratio upMs downMs goodMs badMs inconclusiveMs
  maintenanceMs missingMs disabledMs goodCount badCount inconclusiveCount maintenanceCount latency { count p50Us p95Us p99Us } }`

async function published(fromMs: number, toMs: number, method: string) {
  const variables = { id: website.id, from: formatInstant(START + fromMs), to: formatInstant(START + toMs), method }
  const { data, errors } = await ask<{ website: { uptime: { basis: string } } }>(
    schema,
    parts,
    owner,
    `query ($id: ID!, $from: DateTime!, $to: DateTime!, $method: AccountingMethod) { website(id: $id) { ${UPTIME} } }`,
    variables,
  )
  return { uptime: data.website?.uptime, code: errors?.[0]?.extensions['code'] }
}

async function points(resolution: string, timeZone = 'UTC') {
  const source = `{ website(id: "${website.id}") {
    history(over: { span: { from: "${formatInstant(START)}", to: "${formatInstant(START + 36 * 60 * MINUTE_MS)}" } }, resolution: ${resolution}, timeZone: "${timeZone}") {
      from to ratio goodMs badMs inconclusiveMs maintenanceMs medianLatencyUs p95LatencyUs } } }`
  const { data, errors } = await ask<{ website: { history: object[] } }>(schema, parts, owner, source)
  return { points: data.website?.history, code: errors?.[0]?.extensions['code'] }
}

const EDGES = [
  [0, DAY_MS],
  [QUARTER_MS, 30 * 60 * MINUTE_MS],
  [7 * QUARTER_MS, 8 * QUARTER_MS],
  [0, 36 * 60 * MINUTE_MS],
] as const
const METHODS = ['OBSERVED', 'WITH_MAINTENANCE', 'STRICT']

async function allPublished() {
  const figures = []
  for (const [from, to] of EDGES) {
    for (const method of METHODS) figures.push((await published(from, to, method)).uptime)
  }
  const lists = [await points('HOUR'), await points('DAY'), await points('DAY', 'Asia/Kathmandu')]
  return { figures, lists: lists.map((list) => list.points) }
}

describe('retention', () => {
  it('never changes a published figure on the edges of quarters, and says what is left to count it again from', async () => {
    const before = await allPublished()
    expect(before.figures.map((figure) => figure?.basis)).toEqual(before.figures.map(() => 'VERDICTS'))
    expect((await published(1, DAY_MS, 'OBSERVED')).code).toBeUndefined()
    expect((await points('MINUTE')).code).toBe('BAD_USER_INPUT')

    // Another round is closed, much later, and what is too old is dropped.
    const later = START + 120 * DAY_MS
    clock.moveTo(later)
    await ensurePartitions(store, later)
    await closeTestRound(store, later - MINUTE_MS)
    const dropped = await dropPartitions(store, later, {
      ticks: 7,
      verdicts: settings.verdictRetentionDays,
      rollups: settings.rollupRetentionDays,
    })
    expect(dropped.some((name) => name.startsWith('Verdict_'))).toBe(true)
    expect(dropped.some((name) => name.startsWith('WebsiteTick_'))).toBe(true)
    expect(await store.sql.query('SELECT 1 FROM "Verdict" LIMIT 1')).toEqual([])

    const after = await allPublished()
    expect(after.lists).toEqual(before.lists)
    expect(after.figures).toEqual(before.figures.map((figure) => ({ ...figure, basis: 'ROLLUPS' })))
  })

  it('refuses what only the verdicts could tell', async () => {
    expect(await published(1, DAY_MS, 'OBSERVED')).toEqual({ uptime: undefined, code: 'BAD_USER_INPUT' })
    expect(await published(0, DAY_MS - 1, 'OBSERVED')).toEqual({ uptime: undefined, code: 'BAD_USER_INPUT' })
    expect(await points('MINUTE')).toEqual({ points: undefined, code: 'BAD_USER_INPUT' })
  })
})
