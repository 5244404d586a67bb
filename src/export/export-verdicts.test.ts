import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { createTestHistory } from '../testing/tick/history.js'
import { MINUTE_MS } from '../time.js'
import { exportWebsiteRows } from './export-website-rows.js'

const NOON = Date.parse('2026-11-22T12:00:00.000Z')
const text = (roundAt: number) => new Date(roundAt).toISOString()

const history = await createTestHistory(inject('template'))
const { prisma } = history.parts.store
let userId: string
let shop: Website

beforeAll(async () => {
  userId = await history.addOwner('ada')
  shop = await history.addWebsite(userId, 'shop')
  await history.addRounds([NOON, NOON + 2 * MINUTE_MS])
  await prisma.round.update({
    where: { roundAt: new Date(NOON) },
    data: { closedAt: new Date(NOON + MINUTE_MS), rule: 'networks-v1' },
  })
})
afterAll(() => history.parts.store.close())

async function exportVerdicts(): Promise<unknown[]> {
  let lines = ''
  const request = { kind: 'verdicts', format: 'jsonl', userId, website: null, from: null, until: null } as const
  for await (const piece of exportWebsiteRows(history.parts, request)) lines += piece
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
}

describe('verdicts', () => {
  it('come with their round and leave out those that are being written', async () => {
    const at = (roundAt: number) => ({
      roundAt: new Date(roundAt),
      websiteNo: shop.no,
      checkRevision: 1,
      startsAfterMs: 0,
      lastsMs: 60_000,
      medianLatencyUs: 120_000,
      p95LatencyUs: 180_000,
      asked: 3,
      answered: 2,
      agreed: 1,
      disagreed: 1,
      status: 'Inconclusive' as const,
      inMaintenance: true,
      networkCount: 2,
      quorumBase: 3,
      votesNeeded: 2,
      goodVotes: 1,
      badVotes: 0,
      votesSetAside: 1,
      failures: [0, 1, 0, 0, 0, 0, 0, 0],
      abstentions: roundAt === NOON ? [2, 0, 0, 0, 1, 0, 0, 0, 0, 0] : [],
      root: Buffer.from('ab'.repeat(32), 'hex'),
    })
    await prisma.verdict.createMany({ data: [at(NOON), at(NOON + 2 * MINUTE_MS)] })
    expect(await exportVerdicts()).toEqual([
      {
        round_at: text(NOON),
        website: shop.id,
        round_kind: 'SCHEDULED',
        deadline_at: text(NOON + 45_000),
        interval_ms: 60_000,
        rule: 'networks-v1',
        check_revision: 1,
        status: 'Inconclusive',
        in_maintenance: true,
        starts_after_ms: 0,
        lasts_ms: 60_000,
        network_count: 2,
        quorum_base: 3,
        votes_needed: 2,
        good_votes: 1,
        bad_votes: 0,
        votes_set_aside: 1,
        asked: 3,
        answered: 2,
        agreed: 1,
        disagreed: 1,
        median_latency_us: 120_000,
        p95_latency_us: 180_000,
        failures_dns: 0,
        failures_connect: 1,
        failures_tls: 0,
        failures_timeout: 0,
        failures_protocol: 0,
        failures_redirect: 0,
        failures_status: 0,
        failures_assertion: 0,
        could_not_check: 3,
        abstentions_no_network: 2,
        abstentions_no_resolver: 0,
        abstentions_no_address_family: 0,
        abstentions_local_limit: 0,
        abstentions_stalled: 1,
        abstentions_clock_off: 0,
        abstentions_captive_portal: 0,
        abstentions_no_time: 0,
        abstentions_not_permitted: 0,
        abstentions_agent_fault: 0,
        root: 'ab'.repeat(32),
      },
    ])
  })
})
