import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Website } from '../generated/prisma/client.js'
import { decodePublicKey } from '../protocol/text-forms.js'
import { leafHash, treeHash } from '../protocol/tree-hash.js'
import { ensurePartitions } from '../store/partitions.js'
import { type TestValidator } from '../testing/tick/history.js'
import { createTestRounds, type Said } from '../testing/verdict/rounds.js'
import { MINUTE_MS } from '../time.js'

const rounds = await createTestRounds(inject('template'))
const { store, clock } = rounds.parts
afterAll(() => store.close())
let userId: string
let websites: Website[]
let validators: TestValidator[]
let next = clock.now()

beforeAll(async () => {
  userId = await rounds.addOwner('owner')
  websites = await Promise.all(Array.from({ length: 6 }, (_, index) => rounds.addWebsite(userId, `site-${index}`)))
  websites.sort((a, b) => a.no - b.no)
  for (let count = 0; count < 6; count++) validators.push(await rounds.addValidator())
})
validators = []

/** A round an hour after the last, so that none remembers another. */
function roundAfterAll(): number {
  next += 60 * MINUTE_MS
  return next
}
const site = (index: number): Website => websites[index] as Website
const latest = async (website: Website) => (await rounds.verdictsOf(website)).at(-1)

async function closeRound(said: (website: number, validator: number) => Said, networks?: readonly string[]) {
  const roundAt = roundAfterAll()
  await rounds.addRound(roundAt, { websites, validators, ...(networks && { networks }) }, said)
  await rounds.closeAfter(roundAt)
  return store.prisma.round.findUniqueOrThrow({ where: { roundAt: new Date(roundAt) } })
}

describe('a round that is closed', () => {
  it('has a verdict on every website that it asked for', async () => {
    const said: Said[] = ['Good', 'Good', null, 'Good', { status: 'Bad', failure: 'DNS' }, 'Bad']
    const latencies = [5, 9, 0, 7, 0, 0]
    const round = await closeRound((website, validator) => {
      const one = said[validator] ?? null
      if (website === 1) return null
      if (website > 1) return 'Good'
      return one === 'Good' ? { latencyUs: latencies[validator] ?? 0 } : one
    })
    expect(round).toMatchObject({ rule: 'networks-v2', setAside: [], closedAt: new Date(clock.now()) })
    expect(round.sealedAt).toEqual(new Date(clock.now()))
    expect(await latest(site(0))).toMatchObject({
      roundAt: round.roundAt,
      checkRevision: 1,
      startsAfterMs: 0,
      lastsMs: MINUTE_MS,
      status: 'Inconclusive',
      medianLatencyUs: 7,
      asked: 6,
      answered: 5,
      agreed: 0,
      disagreed: 0,
      inMaintenance: false,
      networkCount: 6,
      quorumBase: 6,
      votesNeeded: 4,
      goodVotes: 3,
      badVotes: 2,
      votesSetAside: 0,
      failures: [1, 1, 0, 0, 0, 0, 0, 0],
    })
    expect(await latest(site(1))).toMatchObject({
      status: 'Inconclusive',
      answered: 0,
      medianLatencyUs: null,
      failures: [],
      root: null,
    })
  })

  it('counts networks for votes and validators for everything else, and takes the lower of two in the middle', async () => {
    await closeRound(
      (_website, validator) => (validator < 4 ? { status: 'Bad' } : { latencyUs: validator * 10 }),
      ['a', 'a', 'a', 'a', 'b', 'c'],
    )
    expect(await latest(site(0))).toMatchObject({
      status: 'Good',
      networkCount: 3,
      quorumBase: 3,
      votesNeeded: 2,
      goodVotes: 2,
      badVotes: 1,
      asked: 6,
      answered: 6,
      agreed: 2,
      disagreed: 4,
      medianLatencyUs: 40,
    })
  })

  it("keeps the root over the leaves of its ticks in the order of the validators' keys", async () => {
    const roundAt = roundAfterAll()
    await rounds.addRounds([roundAt])
    await rounds.addRoster(roundAt, { websites, validators })
    const leaves = new Map<string, Buffer>()
    for (const [index, validator] of [...validators.entries()].toReversed()) {
      // Batches of two websites, with this one first or last, and one that is signed alone.
      const batch = index % 2 === 0 ? [site(0), site(1)] : [site(1), site(0)]
      const answers = (index === 3 ? [site(0)] : batch).map((website) => ({ website, roundAt }))
      const statements = await rounds.submit(validator, index === 3 ? 'single' : 'batch', answers)
      const own = statements[answers.findIndex(({ website }) => website === site(0))] ?? ''
      leaves.set(decodePublicKey(validator.keys.publicKey)?.toString('hex') ?? '', leafHash(own))
    }
    await rounds.closeAfter(roundAt)
    const inOrder = [...leaves].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, leaf]) => leaf)
    const verdict = await latest(site(0))
    expect(Buffer.from(verdict?.root ?? [])).toEqual(treeHash(inOrder))
    expect(verdict?.answered).toBe(6)
    expect(await latest(site(1))).toMatchObject({ answered: 5 })
  })

  it('sets a network aside that is offline itself, and says so', async () => {
    const round = await closeRound(
      (website, validator) => (validator === 2 || (website === 5 && validator > 1) ? 'Bad' : 'Good'),
      ['a', 'b', 'c', 'd', 'e', 'f'],
    )
    expect(round.setAside).toEqual(['c'])
    expect(await latest(site(0))).toMatchObject({
      status: 'Good',
      goodVotes: 5,
      badVotes: 0,
      votesSetAside: 1,
      quorumBase: 6,
      disagreed: 1,
    })
    expect(await latest(site(5))).toMatchObject({ status: 'Inconclusive', goodVotes: 2, badVotes: 3, votesSetAside: 1 })
  })

  it('remembers for 15 minutes how many networks there were', async () => {
    const many = roundAfterAll()
    await rounds.addRound(many, { websites, validators })
    await rounds.closeAfter(many)
    const few = { websites, validators: validators.slice(0, 2) }
    for (const [minutes, quorumBase, status] of [
      [1, 6, 'Inconclusive'],
      [15, 6, 'Inconclusive'],
      [16, 2, 'Good'],
    ] as const) {
      next = many + minutes * MINUTE_MS
      await rounds.addRound(next, few)
      await rounds.closeAfter(next)
      expect(await latest(site(0))).toMatchObject({ networkCount: 2, quorumBase, status })
    }
  })

  it('joins the rosters of several hubs, and counts nobody twice', async () => {
    const roundAt = roundAfterAll()
    await rounds.addRound(roundAt, {
      websites: websites.slice(0, 2),
      validators: validators.slice(0, 3),
      networks: ['a', 'b', 'c'],
      hubId: '00000000-0000-7000-8000-000000000001',
    })
    await rounds.addRoster(roundAt, {
      websites: websites.slice(1, 3),
      validators: validators.slice(2, 5),
      networks: ['x', 'b', 'd'],
      hubId: '00000000-0000-7000-8000-000000000002',
    })
    await rounds.closeAfter(roundAt)
    expect(await latest(site(0))).toMatchObject({ asked: 3, networkCount: 3 })
    expect(await latest(site(1))).toMatchObject({ asked: 5, networkCount: 4, answered: 3 })
    expect(await latest(site(2))).toMatchObject({ asked: 3, networkCount: 3, answered: 0 })
    expect((await latest(site(3)))?.roundAt.getTime()).toBeLessThan(roundAt)
  })

  it("needs the owner's minimum of votes", async () => {
    await store.prisma.website.update({ where: { no: site(0).no }, data: { minimumVotes: 5 } })
    await closeRound((_website, validator) => (validator < 4 ? 'Bad' : null))
    expect(await latest(site(0))).toMatchObject({ status: 'Inconclusive', votesNeeded: 5, badVotes: 4 })
    expect(await latest(site(1))).toMatchObject({ status: 'Bad', votesNeeded: 4, badVotes: 4, agreed: 4, disagreed: 0 })
    await store.prisma.website.update({ where: { no: site(0).no }, data: { minimumVotes: 1 } })
  })

  it('has no verdict on a website that is disabled or deleted by then', async () => {
    const roundAt = roundAfterAll()
    await rounds.addRound(roundAt, { websites, validators })
    await store.prisma.website.update({ where: { no: site(4).no }, data: { enabled: false } })
    await store.prisma.website.update({ where: { no: site(5).no }, data: { deletedAt: new Date(roundAt) } })
    await rounds.closeAfter(roundAt)
    expect((await latest(site(3)))?.roundAt.getTime()).toBe(roundAt)
    expect((await latest(site(4)))?.roundAt.getTime()).toBeLessThan(roundAt)
    expect((await latest(site(5)))?.roundAt.getTime()).toBeLessThan(roundAt)
    await store.prisma.website.update({ where: { no: site(4).no }, data: { enabled: true } })
    await store.prisma.website.update({ where: { no: site(5).no }, data: { deletedAt: null } })
  })

  it('knows what lies in maintenance', async () => {
    const roundAt = roundAfterAll()
    const minute = (instant: number) => new Date(instant).toISOString().slice(0, 16)
    await store.prisma.maintenanceWindow.create({
      data: {
        websiteId: site(0).id,
        name: 'move',
        kind: 'ONE_OFF',
        timeZone: 'UTC',
        startsAt: minute(roundAt - MINUTE_MS),
        endsAt: minute(roundAt + MINUTE_MS),
        weekdays: [],
        createdAt: new Date(roundAt - MINUTE_MS),
      },
    })
    await rounds.addRound(roundAt, { websites, validators })
    await rounds.closeAfter(roundAt)
    expect(await latest(site(0))).toMatchObject({ inMaintenance: true, status: 'Good' })
    expect(await latest(site(1))).toMatchObject({ inMaintenance: false, status: 'Good' })
  })

  it('moves each website on, and covers its time once', async () => {
    const before = await store.prisma.websiteState.findUniqueOrThrow({ where: { websiteNo: site(0).no } })
    const roundAt = roundAfterAll()
    await rounds.addRound(roundAt, { websites, validators })
    await rounds.addRound(roundAt + 20_000, { websites, validators }, () => 'Bad')
    await rounds.addRound(roundAt + MINUTE_MS, { websites, validators }, () => 'Bad')
    next = roundAt + MINUTE_MS
    await rounds.closeAfter(next)
    const verdicts = (await rounds.verdictsOf(site(0))).slice(-3)
    expect(verdicts.map(({ startsAfterMs, lastsMs }) => [startsAfterMs, lastsMs])).toEqual([
      [0, 60_000],
      [40_000, 20_000],
      [20_000, 40_000],
    ])
    expect(await store.prisma.websiteState.findUniqueOrThrow({ where: { websiteNo: site(0).no } })).toEqual({
      websiteNo: site(0).no,
      roundAt: new Date(roundAt + MINUTE_MS),
      status: 'Bad',
      coveredUntil: new Date(roundAt + 2 * MINUTE_MS),
      sequence: before.sequence + 3n,
    })
  })

  it('counts for each validator how it compares with the verdicts', async () => {
    next = Date.parse('2026-11-24T00:00:00.000Z') - 60 * MINUTE_MS
    await ensurePartitions(store, next)
    // Six of six agree on two websites, four against one on the third with one silent, three are undecided on the others.
    const round = await closeRound((website, validator) => {
      if (website < 2) return 'Good'
      if (website === 2) return validator === 5 ? null : validator === 4 ? 'Bad' : 'Good'
      return validator < 3 ? 'Good' : null
    })
    const days = await store.prisma.validatorDay.findMany({
      where: { day: round.roundAt },
      orderBy: { validatorNo: 'asc' },
    })
    const counts = validators.map(({ no }) => days.find(({ validatorNo }) => validatorNo === no))
    expect(round.roundAt.toISOString()).toBe('2026-11-24T00:00:00.000Z')
    expect(counts[0]).toMatchObject({ asked: 6, agreed: 3, disagreed: 0, undecided: 3, unanswered: 0, late: 0 })
    expect(counts[3]).toMatchObject({ asked: 6, agreed: 3, disagreed: 0, undecided: 0, unanswered: 3 })
    expect(counts[4]).toMatchObject({ asked: 6, agreed: 2, disagreed: 1, undecided: 0, unanswered: 3 })
    expect(counts[5]).toMatchObject({ asked: 6, agreed: 2, disagreed: 0, undecided: 0, unanswered: 4 })
    await closeRound(() => 'Good')
    const [again] = await store.prisma.validatorDay.findMany({
      where: { day: round.roundAt, validatorNo: validators[5]?.no ?? 0 },
    })
    expect(again).toMatchObject({ asked: 12, agreed: 8, unanswered: 4 })
  })
})
