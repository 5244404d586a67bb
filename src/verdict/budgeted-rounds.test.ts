import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { fetchExport } from '../testing/export/export.js'
import type { Settings } from '../settings.js'
import { keptOpen } from '../testing/store-wrappers.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, type TestMember } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import { createWebsites, openTaskSocket, signUp, submitBatch, type WireTask } from '../testing/test-validator.js'
import { readRoster } from './read-roster.js'

const DEADLINE_MS = 45_000
const hubs: TestHub[] = []
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()))
})

async function startWith(settings: Partial<Settings>, overrides = {}): Promise<TestHub> {
  const hub = await startTestHub(inject('template'), { settings, overrides })
  hubs.push(hub)
  return hub
}

/** Plays a round to its verdicts. Who is asked for nothing hears nothing, so it is by the rosters that who is asked is known. */
async function playToTheEnd(hub: TestHub, members: readonly TestMember[]): Promise<WireTask[]> {
  hub.clock.advance(60_000 - DEADLINE_MS - 1)
  await hub.startRound(hub.clock.now())
  const { prisma } = hub.parts.store
  const roundAt = new Date(hub.clock.now())
  const tasks: WireTask[] = []
  for (const member of members) {
    const { no } = await prisma.validator.findUniqueOrThrow({ where: { id: member.id } })
    if (!(await isAsked(hub, roundAt, no))) continue
    const event = await member.socket.next()
    expect(new Set(event.map((task) => task.roundAt))).toEqual(new Set([roundAt.toISOString()]))
    tasks.push(...event)
    const answers = event.map((task) => ({ task }))
    expect(await submitBatch(hub, member, answers)).toMatchObject({ acceptedCount: event.length })
  }
  hub.clock.advance(DEADLINE_MS + 1)
  await hub.parts.closer.closeDue()
  return tasks
}

async function isAsked(hub: TestHub, roundAt: Date, validatorNo: number): Promise<boolean> {
  const roster = await readRoster(hub.parts.store.sql, roundAt.getTime())
  return roster.some(({ asked }) => asked.networkOf.has(validatorNo))
}

const verdictsOf = (hub: TestHub) =>
  hub.parts.store.prisma.verdict.findMany({ orderBy: [{ roundAt: 'asc' }, { websiteNo: 'asc' }] })

describe('a host budget', { timeout: 60_000 }, () => {
  it('asks fewer validators, as many in every round, says so, and lets each have its turn', async () => {
    const hub = await startWith({ hostBudget: 5 })
    await createWebsites(hub, 2)
    const members = await Promise.all(Array.from({ length: 4 }, () => joinHub(hub)))
    const given: WireTask[][] = []
    for (let round = 0; round < 4; round++) given.push(await playToTheEnd(hub, members))
    expect(given.map((tasks) => tasks.length)).toEqual([4, 4, 4, 4])
    const verdicts = await verdictsOf(hub)
    expect(verdicts).toHaveLength(8)
    for (const verdict of verdicts) {
      expect(verdict).toMatchObject({
        status: 'Good',
        asked: 2,
        answered: 2,
        networkCount: 2,
        quorumBase: 2,
        votesNeeded: 2,
      })
    }
    const days = await hub.parts.store.prisma.validatorDay.findMany()
    expect(days.map(({ asked, agreed }) => [asked, agreed])).toEqual(Array.from({ length: 4 }, () => [4, 4]))
    const { data } = await hub.post('{ websites { edges { node { hostBudget { validators turns } } } } }', {
      token: hub.ownerToken,
    })
    const node = { hostBudget: { validators: 2, turns: 1 } }
    expect(data).toEqual({ websites: { edges: [{ node }, { node }] } })
    const rosters = await hub.parts.store.prisma.roundRoster.findMany()
    expect(rosters.every(({ rule }) => rule === 'host-budget-v1')).toBe(true)
  })

  it('is in the export, from which the same verdicts follow', async () => {
    const hub = await startWith({ hostBudget: 5 })
    await createWebsites(hub, 2)
    const members = await Promise.all(Array.from({ length: 4 }, () => joinHub(hub)))
    for (let round = 0; round < 2; round++) await playToTheEnd(hub, members)
    const folder = await mkdtemp(path.join(tmpdir(), 'overlaps-budget-'))
    for (const kind of ['ticks', 'rosters', 'verdicts', 'changes'] as const) {
      await writeFile(path.join(folder, `${kind}.jsonl`), await (await fetchExport(hub, `${kind}.jsonl`)).text())
    }
    const rosters = (await readFile(path.join(folder, 'rosters.jsonl'), 'utf8')).trim().split('\n')
    expect(rosters).toHaveLength(2 * 2 * 2)
    const { stdout } = await promisify(execFile)(process.execPath, ['docs/recompute.mjs', folder])
    expect(stdout).toContain('All verdicts follow from the answers.')
    await rm(folder, { recursive: true })
  })

  it('lets websites take turns where there are more than checks, and shows that some were left out', async () => {
    const hub = await startWith({ hostBudget: 2 })
    const [first = ''] = await createWebsites(hub, 3)
    const members = await Promise.all(Array.from({ length: 3 }, () => joinHub(hub)))
    for (let round = 0; round < 6; round++) await playToTheEnd(hub, members)
    const verdicts = await verdictsOf(hub)
    const counts = new Map<number, number>()
    for (const { websiteNo, status, asked } of verdicts) {
      expect([status, asked]).toEqual(['Good', 1])
      counts.set(websiteNo, (counts.get(websiteNo) ?? 0) + 1)
    }
    expect([...counts.values()]).toEqual([4, 4, 4])
    const { data } = await hub.post(
      `query ($id: ID!) { website(id: $id) { hostBudget { validators turns }
        uptime(over: { window: LAST_HOUR }) { goodMs badMs missingMs } } }`,
      { token: hub.ownerToken, variables: { id: first } },
    )
    expect(data).toMatchObject({
      website: { hostBudget: { validators: 1, turns: 2 }, uptime: { goodMs: 240_000, badMs: 0 } },
    })
    const metrics = await fetch(`${hub.url}/metrics`, { headers: { authorization: `Bearer ${hub.operatorToken}` } })
    expect(await metrics.text()).toContain('overlaps_websites_left_out_total 6')
  })

  it('is for all hubs of a database together', async () => {
    const store = await openTestStore(inject('template'))
    const overrides = { store: keptOpen(store) }
    const settings = { hostBudget: 4 }
    const one = await startWith(settings, overrides)
    const port = new URL(one.url).port
    const other = await startTestHub(inject('template'), {
      settings: { ...settings, origins: [`http://127.0.0.1:${port}`] },
      overrides,
      clock: one.clock,
    })
    hubs.push(other)
    await createWebsites(one, 2)
    await Promise.all(Array.from({ length: 3 }, () => joinHub(one)))
    const asOther = { ...other, url: one.url, post: other.post }
    const joined = await signUpAt(asOther, other)
    expect(joined).toBe(3)
    const askedBy: number[][] = []
    for (let round = 0; round < 3; round++) {
      one.clock.advance(60_000)
      const roundAt = one.clock.now()
      await Promise.all([one.startRound(roundAt), other.startRound(roundAt)])
      const roster = await readRoster(store.sql, roundAt)
      askedBy.push(roster.map(({ asked }) => asked.networkOf.size))
    }
    expect(askedBy.map((round) => round.length)).toEqual([2, 2, 2])
    for (const round of askedBy) expect(round.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(4)
    // From the second round on each knows of the other's validators, and both ask.
    expect(askedBy.slice(1)).toEqual([
      [2, 2],
      [2, 2],
    ])
    await Promise.all(hubs.splice(0).map((hub) => hub.close()))
    await store.close()
  })

  it('says nothing where none is set', async () => {
    const hub = await startWith({})
    await createWebsites(hub, 1)
    const { data } = await hub.post('{ websites { edges { node { hostBudget { validators } } } } }', {
      token: hub.ownerToken,
    })
    expect(data).toEqual({ websites: { edges: [{ node: { hostBudget: null } }] } })
  })
})

/** Three validators that are at the other hub, whatever address they were told. */
async function signUpAt(asOther: TestHub, other: TestHub): Promise<number> {
  for (let index = 0; index < 3; index++) {
    const { sessionToken } = await signUp(asOther)
    await openTaskSocket(other, sessionToken)
  }
  return other.parts.sessions.list().length
}
