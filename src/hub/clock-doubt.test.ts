import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { READINESS_KEPT_MS } from '../limits.js'
import type { Store } from '../store/store.js'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.js'
import { eventually } from '../testing/eventually.js'
import { createManualClock, type ManualClock } from '../testing/manual-clock.js'
import { keptOpen } from '../testing/store-wrappers.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, playRound, type TestMember } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import { answer, createWebsites, submitBatch } from '../testing/test-validator.js'
import type { Readiness } from './readiness.js'

const template = inject('template')
/** Its time is the test's own, whatever the database's is. */
const START = Date.parse('2026-11-22T13:00:00.000Z')

/** A database and a clock that outlive the hubs that are started on them. */
async function openScene() {
  const store = await openTestStore(template)
  onTestFinished(() => store.close())
  const clock = createManualClock(START)
  const start = (overrides = {}) =>
    startTestHub(template, { clock, overrides: { store: keptOpen(store), ...overrides } })
  return { store, clock, start }
}

/** Plays a round to its closing, answered by validators whose clocks are off. */
async function playToClosing(hub: TestHub, members: readonly TestMember[], clockOffMs = 0): Promise<void> {
  const given = await playRound(hub, ...members)
  for (const [index, member] of members.entries()) {
    const tasks = given[index] ?? []
    const checkedAt = new Date(hub.clock.now() + clockOffMs).toISOString()
    const sent = tasks.map((task) => ({ task, tick: answer(task, { checkedAt }) }))
    expect(await submitBatch(hub, member, sent)).toMatchObject({ acceptedCount: tasks.length })
  }
  const roundAt = hub.clock.now()
  hub.clock.advance(50_000)
  await eventually(async () => expect((await hub.parts.lastClosedRound())?.roundAt.getTime()).toBe(roundAt))
}

async function readiness(hub: TestHub): Promise<{ status: number } & Readiness> {
  hub.clock.advance(READINESS_KEPT_MS)
  const response = await fetch(`${hub.url}/readyz`)
  return { status: response.status, ...((await response.json()) as Readiness) }
}

/** Lets hours pass: the house is kept again an hour after it was. */
const hourlyUntil = ({ clock }: { clock: ManualClock }, holds: () => Promise<void>) =>
  eventually(async () => {
    clock.advance(HOUR_MS)
    await holds()
  })

const ticksOfFirst = ({ prisma }: Store) =>
  prisma.websiteTick.count({ where: { roundAt: { lt: new Date(START + DAY_MS) } } })
const closedCount = ({ prisma }: Store) => prisma.round.count({ where: { closedAt: { not: null } } })

const DROP = `mutation { dropFutureRounds { ... on DropFutureRoundsSuccess { droppedCount keptCount restartNeeded }
  ... on DropFutureRoundsRefused { reason } } }`
const TRUST = `mutation { trustClock { ... on TrustClockSuccess { since } ... on TrustClockRefused { reason } } }`
const asOperator = async (hub: TestHub, document: string) =>
  (await hub.post(document, { token: hub.operatorToken })).data

/** A hub with a website and a closed round, that has ended again. */
async function playFirst({ start }: Awaited<ReturnType<typeof openScene>>): Promise<void> {
  const hub = await start()
  await createWebsites(hub, 1)
  const member = await joinHub(hub)
  await playToClosing(hub, [member])
  expect(await readiness(hub)).toMatchObject({ status: 200, clock: 'ok', rounds: 'ok', notes: [] })
  await member.socket.close()
  await hub.close()
}

describe('a hub that was off for two weeks', () => {
  it('goes on, and drops what is old when it has run for a day', async () => {
    const scene = await openScene()
    await playFirst(scene)
    scene.clock.jumpTo(START + 14 * DAY_MS)
    const hub = await scene.start()
    const member = await joinHub(hub)
    await playToClosing(hub, [member])
    const found = await readiness(hub)
    expect(found).toMatchObject({ status: 200, clock: 'ok' })
    expect(found.notes.join()).toMatch(
      /nothing is dropped until the hub has run for 24 hours.* overlaps operator trust-clock/,
    )
    expect(await (await fetch(`${hub.url}/metrics`)).text()).toContain('overlaps_drops_held 1\n')
    expect(await ticksOfFirst(scene.store)).toBe(1)
    scene.clock.advance(23 * HOUR_MS)
    await eventually(async () =>
      expect((await scene.store.prisma.clockJump.findFirstOrThrow()).ranMs > 22 * HOUR_MS).toBe(true),
    )
    expect(await ticksOfFirst(scene.store)).toBe(1)
    await hourlyUntil(scene, async () => expect(await ticksOfFirst(scene.store)).toBe(0))
    expect((await readiness(hub)).notes).toEqual([])
    expect(hub.errors).toEqual([])
    await hub.close()
  })

  it('drops it at once when the operator trusts the clock, and that is on record', async () => {
    const scene = await openScene()
    await playFirst(scene)
    scene.clock.jumpTo(START + 14 * DAY_MS)
    const hub = await scene.start()
    expect(await asOperator(hub, TRUST)).toEqual({ trustClock: { since: new Date(START + 14 * DAY_MS).toISOString() } })
    expect(await asOperator(hub, TRUST)).toEqual({ trustClock: { reason: 'NOTHING_HELD' } })
    expect(await scene.store.prisma.auditEntry.count({ where: { action: 'trustClock' } })).toBe(1)
    await hourlyUntil(scene, async () => expect(await ticksOfFirst(scene.store)).toBe(0))
    await hub.close()
  })
})

describe('a hub whose clock was ten days ahead, and then right', () => {
  it('has lost nothing, says what to do, and begins rounds again when that is done', async () => {
    const scene = await openScene()
    const { store, clock } = scene
    await playFirst(scene)
    const right = clock.now()
    clock.setTo(right + 10 * DAY_MS)
    for (const isLast of [false, true]) {
      const ahead = await scene.start()
      const member = await joinHub(ahead)
      await playToClosing(ahead, [member])
      if (isLast) await playRound(ahead, member)
      await member.socket.close()
      await ahead.close()
    }
    expect([await ticksOfFirst(store), await closedCount(store)]).toEqual([1, 3])

    clock.setTo(right + 10 * MINUTE_MS)
    const hub = await scene.start()
    const found = await readiness(hub)
    expect(found).toMatchObject({ status: 503, ready: false, clock: 'failing' })
    expect(found.notes.join()).toMatch(
      /clock is 9 days behind the newest closed round: .* overlaps operator drop-future-rounds/,
    )
    expect(await hub.startRound(clock.now())).toBeNull()
    const balances = await store.prisma.validator.findMany({ select: { pendingPayouts: true } })

    expect(await asOperator(hub, DROP)).toEqual({
      dropFutureRounds: { droppedCount: 1, keptCount: 2, restartNeeded: false },
    })
    expect(await asOperator(hub, DROP)).toEqual({ dropFutureRounds: { reason: 'NONE' } })
    expect(await store.prisma.validator.findMany({ select: { pendingPayouts: true } })).toEqual(balances)
    expect(await closedCount(store)).toBe(3)
    const again = await joinHub(hub)
    await playToClosing(hub, [again])
    expect(await closedCount(store)).toBe(4)
    expect(await readiness(hub)).toMatchObject({ status: 200, clock: 'ok', rounds: 'ok' })
    const newest = await store.prisma.verdict.findFirstOrThrow({
      where: { roundAt: { lt: new Date(right + DAY_MS) } },
      orderBy: { roundAt: 'desc' },
    })
    expect([newest.status, newest.lastsMs]).toEqual(['Good', 60_000])
    expect(await ticksOfFirst(store)).toBe(2)
    await hub.close()
  })
})

describe('after a jump forward', () => {
  it.each([
    ['three networks say that it is wrong', 3, false],
    ['only two do, and say nothing', 2, true],
  ])('%s', async (_what, networks, isDropped) => {
    const scene = await openScene()
    await playFirst(scene)
    scene.clock.setTo(scene.clock.now() + 10 * DAY_MS)
    const hub = await scene.start()
    const members: TestMember[] = []
    for (let count = 0; count < networks; count++) members.push(await joinHub(hub))
    await playToClosing(hub, members, -10 * DAY_MS)
    scene.clock.advance(25 * HOUR_MS)
    const jump = () => scene.store.prisma.clockJump.findFirstOrThrow()
    await eventually(async () => expect((await jump()).ranMs > DAY_MS).toBe(true))
    await hourlyUntil(scene, async () => expect(await ticksOfFirst(scene.store)).toBe(isDropped ? 0 : 1))
    expect((await jump()).trustedAt === null).toBe(!isDropped)
    const { status, notes } = await readiness(hub)
    expect([status, notes.join().includes('10 days ahead of those of validators')]).toEqual([200, !isDropped])
    const metrics = await (await fetch(`${hub.url}/metrics`)).text()
    expect(/overlaps_networks_clock_offset_seconds -8\d{5}/.test(metrics)).toBe(!isDropped)
    await hub.close()
  })
})

describe('/readyz', () => {
  it.each([
    [6_000, /^This machine's clock is 6 seconds behind PostgreSQL's: set both by the same time server\.$/],
    [-2 * HOUR_MS, /^This machine's clock is 2 hours ahead of PostgreSQL's: /],
    [4_000, /^$/],
  ])("compares the machine's clock with PostgreSQL's: %i ms", async (offMs, words) => {
    const { clock, start } = await openScene()
    const hub = await start({ readDatabaseTime: async () => clock.now() + offMs })
    const found = await readiness(hub)
    expect(found.notes.join()).toMatch(words)
    expect(found.status).toBe(found.notes.length === 0 ? 200 : 503)
    await hub.close()
  })

  it('says that rounds are not closed', async () => {
    const { store, start, clock } = await openScene()
    const hub = await start()
    const keyId = hub.parts.keys.newest.id
    const roundAt = new Date(clock.now() - 10 * MINUTE_MS)
    await store.prisma.round.create({
      data: { roundAt, deadlineAt: new Date(clock.now() + HOUR_MS), intervalMs: 5 * MINUTE_MS, keyId },
    })
    expect((await readiness(hub)).rounds).toBe('failing')
    const { status, notes } = await readiness(hub)
    expect([status, notes.join()]).toEqual([
      503,
      expect.stringMatching(
        /^Rounds that are open for longer than two intervals: 1, the oldest of 2026-11-22T12:50:00\.000Z\./,
      ),
    ])
    await store.prisma.round.updateMany({ data: { deadlineAt: roundAt } })
    await hub.parts.closer.closeDue()
    expect(await readiness(hub)).toMatchObject({ status: 200, rounds: 'ok', notes: [] })
    await hub.close()
  })
})
