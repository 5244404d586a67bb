import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createTestHistory } from '../testing/tick/history.js'
import { leafHash } from '../protocol/tree-hash.js'
import type { Website } from '../generated/prisma/client.js'
import { MINUTE_MS } from '../time.js'
import type { ExportKind } from './export-kinds.js'
import { exportWebsiteRows } from './export-website-rows.js'

type History = Awaited<ReturnType<typeof createTestHistory>>
type Row = Record<string, string | number | boolean | null>

const NOON = Date.parse('2026-11-22T12:00:00.000Z')
const text = (roundAt: number) => new Date(roundAt).toISOString()

let history: History
let userId: string
let shop: Website
let blog: Website
let validators: Awaited<ReturnType<History['addValidator']>>[]
let statements: string[]

beforeAll(async () => {
  history = await createTestHistory(inject('template'))
  userId = await history.addOwner('ada')
  shop = await history.addWebsite(userId, 'shop')
  blog = await history.addWebsite(userId, 'blog')
  const gone = await history.addWebsite(userId, 'gone')
  validators = [await history.addValidator(), await history.addValidator(), await history.addValidator()]
  const { prisma } = history.parts.store
  await prisma.website.update({ where: { id: gone.id }, data: { deletedAt: new Date(NOON) } })
  const rounds = [NOON, NOON + MINUTE_MS, NOON + 2 * MINUTE_MS]
  await history.addRounds(rounds)
  const [first, second, third] = validators
  if (!first || !second || !third) throw new Error('no validators')
  // Two hubs have asked; the third validator shares the first one's network, and the second's was set aside.
  const part = (roundAt: number, nos: number[], networks: string[], websiteNos = [shop.no, blog.no, gone.no]) =>
    prisma.roundRoster.create({
      data: {
        roundAt: new Date(roundAt),
        hubId: crypto.randomUUID(),
        rule: 'all-to-all-v1',
        seed: '',
        websiteNos,
        checkRevisions: websiteNos.map(() => 1),
        validatorNos: nos,
        networks,
      },
    })
  for (const roundAt of rounds) {
    await part(roundAt, [third.no], ['192.0.2.0/24'])
    await part(roundAt, [first.no, second.no], ['192.0.2.0/24', 'key:second'])
  }
  const close = (roundAt: number) =>
    prisma.round.update({
      where: { roundAt: new Date(roundAt) },
      data: { closedAt: new Date(roundAt + MINUTE_MS), rule: 'networks-v1', setAside: ['key:second'] },
    })
  await close(NOON)
  await close(NOON + MINUTE_MS)
  // Of the others nobody knows what they paid.
  await prisma.round.update({
    where: { roundAt: new Date(NOON) },
    data: { rewardRule: 'flat-v1', rewardLamports: 2n ** 53n + 1n },
  })
  statements = await history.submit(first, 'batch', [
    { website: blog, roundAt: NOON },
    { website: shop, roundAt: NOON, detail: '=1' },
  ])
  await history.submit(second, 'single', [{ website: shop, roundAt: NOON, status: 'Bad' }])
  await history.submit(third, 'single', [{ website: shop, roundAt: NOON + MINUTE_MS }])
  await history.submit(third, 'single', [{ website: shop, roundAt: NOON + 2 * MINUTE_MS }])
  await history.submit(third, 'single', [{ website: gone, roundAt: NOON }])
})
afterAll(() => history.parts.store.close())

async function rowsOf(kind: ExportKind, span: { from?: number; until?: number; website?: Website } = {}) {
  const { website = null, from = null, until = null } = span
  let lines = ''
  const request = { kind, format: 'jsonl', userId, website, from, until } as const
  for await (const piece of exportWebsiteRows(history.parts, request)) lines += piece
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}

describe('ticks', () => {
  it('are those of closed rounds, by website, round and validator, with what proves them', async () => {
    const rows = await rowsOf('ticks')
    const numbers = rows.map((row) => [row['website'], row['round_at'], row['validator_no'], row['network']])
    const nos = validators.map(({ no }) => no)
    expect(numbers).toEqual([
      [shop.id, text(NOON), nos[0], 1],
      [shop.id, text(NOON), nos[1], 2],
      [shop.id, text(NOON + MINUTE_MS), nos[2], 1],
      [blog.id, text(NOON), nos[0], 1],
    ])
    expect(rows.map((row) => row['set_aside'])).toEqual([false, true, false, false])
    expect(rows[0]).toEqual({
      round_at: text(NOON),
      website: shop.id,
      validator: validators[0]?.id,
      validator_no: nos[0],
      public_key: validators[0]?.keys.publicKey,
      network: 1,
      set_aside: false,
      check_revision: 1,
      status: 'Good',
      failure: null,
      detail: '=1',
      http_status: 200,
      latency_us: 120_000,
      dns_us: 1_000,
      connect_us: 2_000,
      tls_us: 3_000,
      first_byte_us: 100_000,
      remote_address: '192.0.2.7',
      certificate_expires_at: '2027-01-31T23:59:59.000Z',
      checked_at: text(NOON + 1_234),
      submission: expect.stringMatching(/^\d+$/),
      leaf_index: 1,
      leaf: leafHash(statements[1] ?? '').toString('hex'),
      reward_lamports: '9007199254740993',
    })
    expect(rows[2]).toMatchObject({ reward_lamports: null })
    expect(rows[3]).toMatchObject({ leaf_index: 0, leaf: leafHash(statements[0] ?? '').toString('hex') })
    expect(JSON.stringify(rows)).not.toMatch(/192\.0\.2\.0|key:/)
  })
})

describe('rosters', () => {
  it('are everybody who was asked in a closed round, once', async () => {
    const rows = await rowsOf('rosters', { website: blog })
    const nos = validators.map(({ no }) => no)
    expect(rows.map((row) => [row['round_at'], row['validator_no'], row['network']])).toEqual(
      [NOON, NOON + MINUTE_MS].flatMap((roundAt) => [1, 2, 1].map((network, i) => [text(roundAt), nos[i], network])),
    )
    expect(rows[0]).toEqual({
      round_at: text(NOON),
      website: blog.id,
      validator: validators[0]?.id,
      validator_no: nos[0],
      public_key: validators[0]?.keys.publicKey,
      network: 1,
      check_revision: 1,
      rule: 'all-to-all-v1',
      round_kind: 'SCHEDULED',
      reward_rule: 'flat-v1',
      reward_lamports: '9007199254740993',
    })
    expect(rows.at(-1)).toMatchObject({ reward_rule: null, reward_lamports: null })
  })
})

describe('incidents and their timeline', () => {
  it('are those that touch the window', async () => {
    const { incident, incidentEvent } = history.parts.store.prisma
    const add = (startedAt: number, endedAt: number | null) =>
      incident.create({
        data: {
          websiteNo: shop.no,
          startedAt: new Date(startedAt),
          openedAt: new Date(startedAt + MINUTE_MS),
          endedAt: endedAt === null ? null : new Date(endedAt),
          closedAt: endedAt === null ? null : new Date(endedAt + MINUTE_MS),
          end: endedAt === null ? null : 'RECOVERED',
          failure: 'CONNECT',
        },
      })
    const early = await add(NOON - 60 * MINUTE_MS, NOON - 30 * MINUTE_MS)
    const open = await add(NOON - 20 * MINUTE_MS, null)
    const note = { incidentId: open.id, at: new Date(NOON), kind: 'NOTE', note: '=cmd()', userId } as const
    await incidentEvent.create({ data: note })
    const opened = { at: early.openedAt, kind: 'OPENED', roundAt: early.openedAt, failure: 'CONNECT' } as const
    await incidentEvent.create({ data: { ...opened, incidentId: early.id } })

    const ids = async (from?: number, until?: number) =>
      (await rowsOf('incidents', { ...(from && { from }), ...(until && { until }) })).map((row) => row['incident'])
    expect(await ids()).toEqual([early.id, open.id])
    expect(await ids(NOON - 30 * MINUTE_MS)).toEqual([open.id])
    expect(await ids(NOON - 31 * MINUTE_MS)).toEqual([early.id, open.id])
    expect(await ids(undefined, NOON - 20 * MINUTE_MS)).toEqual([early.id])
    expect((await rowsOf('incidents'))[0]).toEqual({
      incident: early.id,
      website: shop.id,
      started_at: text(NOON - 60 * MINUTE_MS),
      opened_at: text(NOON - 59 * MINUTE_MS),
      ended_at: text(NOON - 30 * MINUTE_MS),
      closed_at: text(NOON - 29 * MINUTE_MS),
      end: 'RECOVERED',
      reopened_count: 0,
      failure: 'CONNECT',
      acknowledged_at: null,
      acknowledged_by: null,
      revision: 1,
    })
    const timeline = await rowsOf('timeline')
    expect(timeline.map((row) => [row['incident'], row['kind'], row['note'], row['author']])).toEqual([
      [early.id, 'OPENED', null, null],
      [open.id, 'NOTE', '=cmd()', userId],
    ])
    expect(timeline[0]).toMatchObject({ at: opened.at.toISOString(), round_at: opened.at.toISOString() })
  })
})

describe('rollups', () => {
  it('carry their sketch in one line', async () => {
    const counts = { goodCount: 14, badCount: 1, inconclusiveCount: 0, maintenanceCount: 0 }
    const spans = { goodMs: 840_000, badMs: 60_000, inconclusiveMs: 0 }
    const maintenance = { maintenanceGoodMs: 0, maintenanceBadMs: 0, maintenanceInconclusiveMs: 0 }
    const latency = Buffer.alloc(200, 7)
    const at = { websiteNo: shop.no, startAt: new Date(NOON) }
    await history.parts.store.prisma.quarterRollup.create({
      data: { ...at, ...counts, ...spans, ...maintenance, latency },
    })
    expect(await rowsOf('rollups')).toEqual([
      {
        start_at: text(NOON),
        website: shop.id,
        good_ms: 840_000,
        bad_ms: 60_000,
        inconclusive_ms: 0,
        maintenance_good_ms: 0,
        maintenance_bad_ms: 0,
        maintenance_inconclusive_ms: 0,
        good_count: 14,
        bad_count: 1,
        inconclusive_count: 0,
        maintenance_count: 0,
        latency_sketch: latency.toString('base64'),
      },
    ])
  })
})
