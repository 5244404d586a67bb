import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { ask, countOperations, ownerIdentity, undescribed } from '../testing/owner/parts.js'
import { formatInstant } from '../protocol/text-forms.js'
import { WINDOWS_MS } from './period.js'
import { MINUTE_MS } from '../time.js'
import { updateWebsite } from '../website/update-website.js'
import { addTestVerdicts, closeTestRound, type TestVerdict } from '../testing/history/closings.js'
import { createTestGraph } from '../testing/history/graph.js'

const { parts, owner, schema, addWebsite } = await createTestGraph(inject('template'))
const { store, clock } = parts
afterAll(() => store.close())
/** When the websites are registered. */
const START = clock.now()
const websites: Website[] = []

beforeAll(async () => {
  for (const name of ['a', 'b', 'c']) websites.push(await addWebsite(name))
  const [a, b] = websites.map(({ no }) => no)
  const verdicts: (TestVerdict & { roundAt: number })[] = []
  // 30 rounds: of a the tenth is Bad, the eleventh Inconclusive, two are in maintenance; b is Bad throughout.
  for (let minute = 0; minute < 30; minute++) {
    const roundAt = START + minute * MINUTE_MS
    verdicts.push({
      roundAt,
      websiteNo: Number(a),
      status: minute === 9 ? 'Bad' : minute === 10 ? 'Inconclusive' : minute === 12 ? 'Bad' : 'Good',
      inMaintenance: minute === 11 || minute === 12,
      goodLatenciesUs: minute === 9 ? [] : [100_000 + minute * 1_000],
    })
    verdicts.push({ roundAt, websiteNo: Number(b), status: 'Bad' })
  }
  await addTestVerdicts(store, verdicts)
  clock.advance(20 * MINUTE_MS)
  await updateWebsite(parts, {
    userId: String(websites[2]?.userId),
    id: String(websites[2]?.id),
    changes: { enabled: false },
  })
  clock.moveTo(START + 30 * MINUTE_MS)
  await closeTestRound(store, START + 29 * MINUTE_MS)
})

const FIELDS = `method basis from to ratio upMs downMs goodMs badMs inconclusiveMs maintenanceMs missingMs disabledMs
  goodCount badCount inconclusiveCount maintenanceCount latency { count p50Us p95Us p99Us }`
const UPTIME = `query ($id: ID!, $over: PeriodInput!, $method: AccountingMethod) {
  website(id: $id) { uptime(over: $over, method: $method) { ${FIELDS} } } }`

async function uptime(over: object, method?: string, { website = websites[0], as = owner } = {}) {
  const variables = { id: website?.id, over, method }
  return ask<{ website: { uptime: object } | null }>(schema, parts, as, UPTIME, variables)
}

describe('Website.uptime', () => {
  const FROM = formatInstant(START)
  const TO = formatInstant(START + 29 * MINUTE_MS + 45_000)
  const END = formatInstant(START + 60 * MINUTE_MS)

  it('tells what the verdicts come to, until the last closed round', async () => {
    const { data, errors } = await uptime({ span: { from: FROM, to: END } })
    expect(errors).toBeUndefined()
    expect(data.website?.uptime).toEqual({
      method: 'observed-v1',
      basis: 'VERDICTS',
      from: FROM,
      to: TO,
      // 25 minutes and three quarters Good, one Bad.
      ratio: 0.962616,
      upMs: 25.75 * MINUTE_MS,
      downMs: MINUTE_MS,
      goodMs: 25.75 * MINUTE_MS,
      badMs: MINUTE_MS,
      inconclusiveMs: MINUTE_MS,
      maintenanceMs: 2 * MINUTE_MS,
      missingMs: 0,
      disabledMs: 0,
      goodCount: 26,
      badCount: 1,
      inconclusiveCount: 1,
      maintenanceCount: 2,
      // Not the Bad one, nor those in maintenance; the Inconclusive round had a Good answer.
      latency: {
        count: 27,
        p50Us: expect.closeTo(116_000, -4),
        p95Us: expect.closeTo(128_000, -4),
        p99Us: expect.closeTo(128_000, -4),
      },
    })
    expect((await uptime({ span: { from: FROM, to: TO } })).data).toEqual(data)
  })

  it.each([
    ['OBSERVED', 'observed-v1', 25.75, 1],
    ['WITH_MAINTENANCE', 'with-maintenance-v1', 26.75, 2],
    ['STRICT', 'strict-v1', 25.75, 2],
  ])('counts by %s', async (method, name, up, down) => {
    const { data } = await uptime({ span: { from: FROM, to: TO } }, method)
    expect(data.website?.uptime).toMatchObject({
      method: name,
      upMs: up * MINUTE_MS,
      downMs: down * MINUTE_MS,
      ratio: Math.floor((1e6 * up) / (up + down)) / 1e6,
      goodMs: 25.75 * MINUTE_MS,
    })
  })

  it('tells missing from disabled time', async () => {
    const { data } = await uptime({ window: 'LAST_HOUR' }, 'STRICT', { website: websites[2] })
    expect(data.website?.uptime).toMatchObject({
      ratio: 0,
      missingMs: 20 * MINUTE_MS,
      // Half an hour and 15 seconds before it was registered, nearly ten minutes at the end.
      disabledMs: 40 * MINUTE_MS,
      latency: null,
    })
    expect(
      (await uptime({ window: 'LAST_HOUR' }, undefined, { website: websites[2] })).data.website?.uptime,
    ).toMatchObject({
      ratio: null,
      upMs: 0,
      downMs: 0,
    })
  })

  it('knows nothing up of what was Bad throughout', async () => {
    expect(
      (await uptime({ window: 'LAST_24_HOURS' }, undefined, { website: websites[1] })).data.website?.uptime,
    ).toMatchObject({
      ratio: 0,
      latency: null,
      badCount: 30,
    })
  })

  it.each([
    [END, FROM, { argument: 'over.span.from' }],
    ['yesterday', END, { argument: 'over.span.from' }],
    [FROM, 'today', { argument: 'over.span.to' }],
    [
      '2026-01-01T00:01:00.000Z',
      END,
      { argument: 'over.span.from', nearest: ['2026-01-01T00:00:00.000Z', '2026-01-01T00:15:00.000Z'] },
    ],
  ])('refuses %s to %s by a code', async (from, to, extensions) => {
    const { errors } = await uptime({ span: { from, to } })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', ...extensions })
  })

  it.each([
    [{}, /Exactly one key must be specified/],
    [{ window: 'LAST_24_HOURS', span: { from: FROM, to: TO } }, /Exactly one key must be specified/],
    [{ window: null }, /must be non-null/],
    [{ span: { from: FROM } }, /"to" of required type/],
  ])('takes one of both: %j is none', async (over, words) => {
    const { errors } = await uptime(over)
    expect(errors?.map(({ message }) => message).join()).toMatch(words)
  })

  it('takes any year', async () => {
    const { data, errors } = await uptime({
      span: { from: '0000-01-01T00:00:00.000Z', to: '9999-12-31T23:59:59.999Z' },
    })
    expect(errors).toBeUndefined()
    expect(data.website?.uptime).toMatchObject({ badCount: 1, basis: 'ROLLUPS', to: TO })
  })

  it('is not for strangers', async () => {
    const stranger = ownerIdentity('019ab000-0000-7000-8000-000000000000')
    expect((await uptime({ window: 'LAST_24_HOURS' }, undefined, { as: stranger })).data).toEqual({ website: null })
  })

  it('takes one statement for all websites and windows, and one for what was disabled when it is asked for', async () => {
    const windows = Object.keys(WINDOWS_MS).map(
      (window) => `${window}: uptime(over: { window: ${window} }) { ratio goodMs ...L }`,
    )
    const counts = []
    for (const more of ['', 'missingMs']) {
      const counted = countOperations(store)
      const source = `{ websites { edges { node { ${windows.join(' ')} } } } }
        fragment L on Uptime { ... on Uptime { latency { p95Us } } ${more} }`
      const { errors } = await ask<object>(schema, { ...parts, store: counted.store }, owner, source)
      expect(errors).toBeUndefined()
      counts.push(counted.count())
    }
    // The page and the sums; then the changes as well.
    expect(counts).toEqual([2, 3])
  })
})

describe('the graph of history', () => {
  it('has a description for everything of its own', () => {
    expect(undescribed(schema).filter((name) => !name.startsWith('VerdictStatus'))).toEqual([])
  })
})
