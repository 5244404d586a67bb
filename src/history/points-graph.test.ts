import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { ask, countOperations } from '../testing/owner/parts.js'
import { ensurePartitions } from '../store/partitions.js'
import { addTestVerdicts, closeTestRound, type TestVerdict } from '../testing/history/closings.js'
import { createTestGraph } from '../testing/history/graph.js'
import { MINUTE_MS } from '../time.js'

const { parts, owner, schema, addWebsite } = await createTestGraph(inject('template'))
const { store } = parts
afterAll(() => store.close())
const NOW = parts.clock.now()
const at = (text: string) => Date.parse(`2026-11-${text}Z`)
const websites: Website[] = []

beforeAll(async () => {
  for (const name of ['a', 'b']) websites.push(await addWebsite(name))
  const [a = 0, b = 0] = websites.map(({ no }) => no)
  const verdicts: (TestVerdict & { roundAt: number })[] = [
    // Over UTC's midnight, before Berlin's.
    { roundAt: at('20T23:59:00'), websiteNo: a, goodLatenciesUs: [100_000, 200_000, 300_000] },
    { roundAt: at('21T00:00:00'), websiteNo: a, status: 'Bad' },
    { roundAt: at('21T00:01:00'), websiteNo: a, inMaintenance: true, goodLatenciesUs: [1] },
    { roundAt: at('21T00:02:00'), websiteNo: a, status: 'Inconclusive' },
    // Every five rounds.
    { roundAt: at('21T00:00:00'), websiteNo: b, lastsMs: 5 * MINUTE_MS },
    // The last hour, and beyond what is closed.
    { roundAt: NOW - MINUTE_MS, websiteNo: a, lastsMs: 30 * MINUTE_MS, goodLatenciesUs: [500_000] },
  ]
  await ensurePartitions(store, at('19T12:00:00'))
  await addTestVerdicts(store, verdicts)
  await closeTestRound(store, NOW - MINUTE_MS)
})

const HISTORY = `query ($id: ID!, $from: DateTime!, $to: DateTime!, $resolution: HistoryResolution!, $timeZone: String) { website(id: $id) {
  history(over: { span: { from: $from, to: $to } }, resolution: $resolution, timeZone: $timeZone) {
    from to ratio goodMs badMs inconclusiveMs maintenanceMs status medianLatencyUs p95LatencyUs } } }`

interface Point {
  from: string
  to: string
  [figure: string]: unknown
}

function history(from: string, to: string, rest: Record<string, unknown>, website = websites[0]) {
  const instants = { from: `2026-11-${from}.000Z`, to: `2026-11-${to}.000Z` }
  return ask<{ website: { history: Point[] } }>(schema, parts, owner, HISTORY, {
    id: website?.id,
    ...instants,
    ...rest,
  })
}

/** Each point as its beginning and what is not null of it. */
async function points(...given: Parameters<typeof history>) {
  const { data, errors } = await history(...given)
  expect(errors).toBeUndefined()
  return data.website.history.map(({ from, to: _to, ...figures }) => [
    from.slice(8, 16),
    Object.fromEntries(Object.entries(figures).filter(([, figure]) => figure !== null)),
  ])
}

const NOTHING = { goodMs: 0, badMs: 0, inconclusiveMs: 0, maintenanceMs: 0 }

describe('Website.history', () => {
  it('tells minutes by their verdicts', async () => {
    expect(await points('20T23:58:00', '21T00:04:00', { resolution: 'MINUTE' })).toEqual([
      ['20T23:58', {}],
      [
        '20T23:59',
        { ...NOTHING, ratio: 1, goodMs: MINUTE_MS, status: 'Good', medianLatencyUs: 200_000, p95LatencyUs: 200_000 },
      ],
      ['21T00:00', { ...NOTHING, ratio: 0, badMs: MINUTE_MS, status: 'Bad' }],
      ['21T00:01', { ...NOTHING, maintenanceMs: MINUTE_MS, status: 'Good' }],
      ['21T00:02', { ...NOTHING, inconclusiveMs: MINUTE_MS, status: 'Inconclusive' }],
      ['21T00:03', {}],
    ])
  })

  it('tells minutes of a verdict that began before them', async () => {
    const good = { ...NOTHING, ratio: 1, goodMs: MINUTE_MS, status: 'Good' }
    expect(await points('21T00:03:30', '21T00:06:00', { resolution: 'MINUTE' }, websites[1])).toEqual([
      ['21T00:03', good],
      ['21T00:04', good],
      ['21T00:05', {}],
    ])
  })

  it('tells hours, and of the one that is going on what is closed', async () => {
    const latency = (us: number) => expect.closeTo(us, -4)
    expect(await points('22T12:00:00', '22T15:00:00', { resolution: 'HOUR' })).toEqual([
      [
        '22T12:00',
        { ...NOTHING, ratio: 1, goodMs: 45_000, medianLatencyUs: latency(500_000), p95LatencyUs: latency(500_000) },
      ],
      ['22T13:00', {}],
      ['22T14:00', {}],
    ])
    expect(await points('20T23:00:00', '21T01:00:00', { resolution: 'HOUR' })).toEqual([
      [
        '20T23:00',
        { ...NOTHING, ratio: 1, goodMs: MINUTE_MS, medianLatencyUs: latency(200_000), p95LatencyUs: latency(200_000) },
      ],
      ['21T00:00', { ratio: 0, goodMs: 0, badMs: MINUTE_MS, inconclusiveMs: MINUTE_MS, maintenanceMs: MINUTE_MS }],
    ])
  })

  it('tells days of UTC, with the one that is going on', async () => {
    const days = await points('20T12:00:00', '23T12:00:00', { resolution: 'DAY' })
    expect(days).toMatchObject([
      ['20T00:00', { ratio: 1, goodMs: MINUTE_MS }],
      ['21T00:00', { ratio: 0, badMs: MINUTE_MS, maintenanceMs: MINUTE_MS, inconclusiveMs: MINUTE_MS }],
      ['22T00:00', { ratio: 1, goodMs: 45_000, p95LatencyUs: expect.closeTo(500_000, -4) }],
      ['23T00:00', {}],
    ])
    expect(days[3]).toEqual(['23T00:00', {}])
  })

  it.each([
    [
      'Europe/Berlin',
      '21T23:00',
      [
        ['20T23:00', 0.5],
        ['21T23:00', 1],
      ],
    ],
    [
      'America/New_York',
      '21T05:00',
      [
        ['20T05:00', 0.5],
        ['21T05:00', undefined],
      ],
    ],
    [
      'Asia/Kathmandu',
      '21T18:15',
      [
        ['20T18:15', 0.5],
        ['21T18:15', 1],
      ],
    ],
  ])('tells days of %s', async (timeZone, _, expected) => {
    const days = await points('21T04:00:00', '22T04:00:00', { resolution: 'DAY', timeZone })
    expect(days.map(([from, figures]) => [from, (figures as { ratio?: number }).ratio])).toEqual(expected)
  })

  it('comes to the same in minutes, hours and days, and as uptime', async () => {
    const sums = []
    for (const rest of [
      { resolution: 'MINUTE' },
      { resolution: 'HOUR' },
      { resolution: 'DAY' },
      { resolution: 'DAY', timeZone: 'UTC' },
    ]) {
      const { data } = await history('21T00:00:00', '22T00:00:00', rest)
      const sum = { goodMs: 0, badMs: 0, inconclusiveMs: 0, maintenanceMs: 0 }
      for (const point of data.website.history) {
        for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += Number(point[name] ?? 0)
      }
      sums.push(sum)
    }
    const source = `{ website(id: "${websites[0]?.id}") {
      uptime(over: { span: { from: "2026-11-21T00:00:00.000Z", to: "2026-11-22T00:00:00.000Z" } }) { goodMs badMs inconclusiveMs maintenanceMs } } }`
    const { data } = await ask<{ website: { uptime: object } }>(schema, parts, owner, source)
    expect(new Set(sums.map((sum) => JSON.stringify(sum)))).toEqual(new Set([JSON.stringify(data.website.uptime)]))
  })

  it.each([
    [
      { resolution: 'MINUTE', from: '2026-11-01T00:00:00.000Z' },
      { argument: 'resolution', limit: 2_000, fits: 'HOUR' },
    ],
    [
      { resolution: 'HOUR', from: '2026-01-01T00:00:00.000Z' },
      { argument: 'resolution', limit: 2_000, fits: 'DAY' },
    ],
    [
      { resolution: 'DAY', from: '1999-01-01T00:00:00.000Z' },
      { argument: 'resolution', limit: 2_000, fits: null },
    ],
    [
      { resolution: 'MINUTE', from: '2026-08-24T00:00:00.000Z', to: '2026-08-24T01:00:00.000Z' },
      { argument: 'over.span.from', fits: 'HOUR' },
    ],
    [{ resolution: 'DAY', timeZone: 'Mars/Olympus' }, { argument: 'timeZone' }],
    [{ resolution: 'DAY', from: '2026-11-23T00:00:00.000Z' }, { argument: 'over.span.from' }],
    [{ resolution: 'DAY', to: 'now' }, { argument: 'over.span.to' }],
  ])('refuses %j by a code', async (variables, extensions) => {
    const { errors } = await history('21T00:00:00', '22T00:00:00', variables)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', ...extensions })
  })

  it('tells the points of a window', async () => {
    const source = `query ($id: ID!, $window: TimeWindow!, $resolution: HistoryResolution!) { website(id: $id) {
      history(over: { window: $window }, resolution: $resolution) { from to goodMs } } }`
    const of = (window: string, resolution: string) =>
      ask<{ website: { history: Point[] } }>(schema, parts, owner, source, { id: websites[0]?.id, window, resolution })
    const days = (await of('LAST_7_DAYS', 'DAY')).data.website.history
    expect(days.map(({ from }) => from.slice(8, 10))).toEqual(['15', '16', '17', '18', '19', '20', '21', '22'])
    expect(days.at(-1)).toMatchObject({ goodMs: 45_000, to: '2026-11-23T00:00:00.000Z' })
    expect((await of('LAST_HOUR', 'MINUTE')).data.website.history).toHaveLength(61)
    const refused = async (window: string, resolution: string) => (await of(window, resolution)).errors?.[0]?.extensions
    expect(await refused('LAST_7_DAYS', 'MINUTE')).toMatchObject({ argument: 'resolution', fits: 'HOUR' })
    parts.settings.rollupRetentionDays = 364
    expect(await refused('LAST_365_DAYS', 'DAY')).toMatchObject({ argument: 'over.window', limit: 364 })
    parts.settings.rollupRetentionDays = null
  })

  it('knows nothing of a time before all hubs', async () => {
    const { data, errors } = await history('21T00:00:00', '22T00:00:00', {
      resolution: 'DAY',
      from: '0000-01-01T00:00:00.000Z',
      to: '0000-01-03T00:00:00.000Z',
    })
    expect(errors).toBeUndefined()
    expect(data.website.history).toMatchObject([{ goodMs: null }, { goodMs: null }])
  })

  it('takes one statement for a page of websites, and one for each other question', async () => {
    const day = 'over: { span: { from: "2026-11-20T00:00:00.000Z", to: "2026-11-23T00:00:00.000Z" } }, resolution: DAY'
    const fields = 'ratio goodMs medianLatencyUs p95LatencyUs'
    const counts = []
    for (const more of [
      '',
      `hours: history(over: { span: { from: "2026-11-22T00:00:00.000Z", to: "2026-11-23T00:00:00.000Z" } }, resolution: HOUR) { ratio }`,
    ]) {
      const counted = countOperations(store)
      const source = `{ websites { edges { node { history(${day}) { ${fields} } ${more} } } } }`
      const { data, errors } = await ask<{ websites: { edges: { node: { history: object[] } }[] } }>(
        schema,
        { ...parts, store: counted.store },
        owner,
        source,
      )
      expect(errors).toBeUndefined()
      expect(data.websites.edges.map(({ node }) => node.history.length)).toEqual([3, 3])
      counts.push(counted.count())
    }
    expect(counts).toEqual([2, 3])
  })
})
