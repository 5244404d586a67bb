import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openReadySocket } from '../testing/raw-socket.js'
import type { Store } from '../store/store.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { balanceOf, joinHub, playRound, type TestMember } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import { answer, createWebsites, signUp, submitBatch, submitOne, type WireTask } from '../testing/test-validator.js'
import { ALL_TO_ALL, isDue } from './assignment.js'
import { eventually } from '../testing/eventually.js'

let hub: TestHub
let websiteIds: string[]
let members: TestMember[]
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  websiteIds = await createWebsites(hub, 3)
  members = [await joinHub(hub), await joinHub(hub)]
})
afterAll(() => hub.close())

const prisma = () => hub.parts.store.prisma
const update = (id: string, input: Record<string, unknown>) =>
  hub.post(`mutation ($input: UpdateWebsiteInput!) { updateWebsite(input: $input) { __typename } }`, {
    token: hub.ownerToken,
    variables: { input: { id, ...input } },
  })

describe('startRound', () => {
  it('records whom it asks for what, so that anybody can assign it again', async () => {
    const events = await playRound(hub, ...members)
    const roster = await prisma().roundRoster.findFirstOrThrow({ orderBy: { roundAt: 'desc' } })
    const websites = await prisma().website.findMany({ orderBy: { no: 'asc' } })
    const validators = await prisma().validator.findMany({ orderBy: { no: 'asc' } })
    expect(roster).toMatchObject({
      roundAt: new Date(hub.clock.now()),
      rule: 'all-to-all-v1',
      seed: new Date(hub.clock.now()).toISOString(),
      websiteNos: websites.map(({ no }) => no),
      checkRevisions: websites.map(() => 1),
      validatorNos: validators.map(({ no }) => no),
      networks: validators.map(({ publicKey }) => `key:${publicKey}`),
    })
    for (const [index, { id }] of validators.entries()) {
      const assigned = [...ALL_TO_ALL.assign(roster).websitesOf(index)].map((position) => websites[position]?.id)
      const event = events[members.findIndex((member) => member.id === id)]
      expect(event?.map(({ websiteId }) => websiteId)).toEqual(assigned)
    }
  })

  it('has committed that when the first event arrives', async () => {
    const { sessionToken } = await signUp(hub)
    const raw = await openReadySocket(hub, sessionToken)
    const before = hub.parts.sessions.count()
    raw.send({ id: 'a', type: 'subscribe', payload: { query: 'subscription { tasks { callbackId } }' } })
    await eventually(() => expect(hub.parts.sessions.count()).toBe(before + 1))
    hub.clock.advance(60_000)
    const roundAt = new Date(hub.clock.now())
    const rosters = new Promise((resolve, reject) => {
      raw.socket.once('message', () => {
        prisma().roundRoster.count({ where: { roundAt } }).then(resolve, reject)
      })
    })
    await hub.startRound(hub.clock.now())
    expect(await rosters).toBe(1)
    await raw.close()
    await eventually(() => expect(hub.parts.sessions.count()).toBe(before))
    await Promise.all(members.map(({ socket }) => socket.next()))
  })

  it('asks nobody twice, however often it is called', async () => {
    hub.clock.advance(60_000)
    const roundAt = hub.clock.now()
    const started = await Promise.all(Array.from({ length: 6 }, () => hub.startRound(roundAt)))
    expect(started.filter((round) => round !== null)).toMatchObject([{ websiteCount: 3, validatorCount: 2 }])
    expect(await hub.startRound(roundAt)).toBeNull()
    const first = await Promise.all(members.map(({ socket }) => socket.next()))
    const next = await playRound(hub, ...members)
    expect(new Set([...first, ...next].flat().map(({ callbackId }) => callbackId)).size).toBe(12)
    expect(next.flat().every((task) => Date.parse(task.roundAt) === hub.clock.now())).toBe(true)
  })

  it('gives every task the times of its round', async () => {
    const [tasks = []] = await playRound(hub, ...members)
    for (const task of tasks) {
      expect(Date.parse(task.roundAt)).toBe(hub.clock.now())
      expect(Date.parse(task.deadlineAt)).toBe(hub.clock.now() + 45_000)
      expect(task.startAfterMs).toBeGreaterThanOrEqual(0)
      expect(task.startAfterMs).toBeLessThan(20_000)
    }
  })

  it('takes answers by the settings and for the website that the task was given with, whatever came since', async () => {
    const [tasks = []] = await playRound(hub, ...members)
    const [a, b, c] = tasks as [WireTask, WireTask, WireTask]
    const [member] = members as [TestMember]
    const before = await balanceOf(hub, member)
    expect((await update(a.websiteId, { check: { statuses: '200-399' } })).data).toMatchObject({
      updateWebsite: { __typename: 'UpdateWebsiteSuccess' },
    })
    await update(b.websiteId, { enabled: false })
    await hub.post(`mutation ($id: ID!) { deleteWebsite(id: $id) { __typename } }`, {
      token: hub.ownerToken,
      variables: { id: c.websiteId },
    })
    expect(await submitOne(hub, member, a)).toMatchObject({ __typename: 'SubmitTickSuccess' })
    expect(await submitBatch(hub, member, [{ task: b }, { task: c }])).toMatchObject({ acceptedCount: 2 })
    expect(await balanceOf(hub, member)).toBe(before + 300n)

    const [next = []] = await playRound(hub, ...members)
    expect(next).toMatchObject([{ websiteId: a.websiteId, check: { statuses: '200-399' } }])
    const [only] = next as [WireTask]
    const byOldSettings = { ...answer(only), checkHash: answer(a).checkHash }
    expect(await submitOne(hub, member, only, byOldSettings)).toMatchObject({ reason: 'INVALID' })
    expect(websiteIds).toContain(only.websiteId)
  })

  it('makes the partitions of a day that nobody has prepared', async () => {
    hub.clock.jumpTo(hub.clock.now() + 30 * 86_400_000)
    const [tasks = []] = await playRound(hub, ...members)
    const [member] = members as [TestMember]
    expect(
      await submitBatch(
        hub,
        member,
        tasks.map((task) => ({ task })),
      ),
    ).toMatchObject({ acceptedCount: 1 })
  })

  it('sends no empty event', async () => {
    const [only] = await prisma().website.findMany({ where: { enabled: true, deletedAt: null } })
    await update(only?.id ?? '', { enabled: false })
    hub.clock.advance(60_000)
    expect(await hub.startRound(hub.clock.now())).toMatchObject({ websiteCount: 0, validatorCount: 2 })
    await update(only?.id ?? '', { enabled: true })
    const [tasks = []] = await playRound(hub, ...members)
    expect(tasks.map(({ roundAt }) => Date.parse(roundAt))).toEqual([hub.clock.now()])
  })
})

describe('an event', () => {
  it('is cut where its checks grow large, and nothing is lost of them', async () => {
    const own = await startTestHub(inject('template'))
    await createWebsites(own, 40)
    const body = 'x'.repeat(64 * 1024)
    await own.parts.store.sql.query(`UPDATE "WebsiteCheck" SET settings = settings || $1::jsonb`, [
      JSON.stringify({ method: 'POST', body }),
    ])
    const member = await joinHub(own)
    const [first = []] = await playRound(own, member)
    const events = [first]
    while (events.flat().length < 40) events.push(await member.socket.next())
    expect(Math.max(...events.map((tasks) => tasks.length))).toBe(8)
    const tasks = events.flat()
    expect(new Set(tasks.map(({ websiteId }) => websiteId)).size).toBe(40)
    expect(
      await submitBatch(
        own,
        member,
        tasks.map((task) => ({ task })),
      ),
    ).toMatchObject({ acceptedCount: 40 })
    await own.close()
  })
})

describe('a round whose roster cannot be recorded', () => {
  it('asks nobody', async () => {
    const whole = await openTestStore(inject('template'))
    let broken = false
    const query: Store['sql']['query'] = (text, parameters) =>
      broken && text.includes('INSERT INTO "RoundRoster"')
        ? Promise.reject(new Error('the roster is away'))
        : whole.sql.query(text, parameters)
    const store = { ...whole, sql: { ...whole.sql, query } }
    const own = await startTestHub(inject('template'), { overrides: { store } })
    await createWebsites(own, 1)
    const member = await joinHub(own)
    own.clock.advance(60_000)
    broken = true
    await expect(own.startRound(own.clock.now())).rejects.toThrow('the roster is away')
    broken = false
    // The next event is the next round's: nothing was sent for the one that failed.
    expect(await playRound(own, member)).toMatchObject([[{ roundAt: new Date(own.clock.now()).toISOString() }]])
    await own.close()
  })
})

describe('a round that lies before one that is closed', () => {
  it('is over, though its own deadline has not passed', async () => {
    const own = await startTestHub(inject('template'), { settings: { roundDeadlineMs: 45_000 } })
    await createWebsites(own, 1)
    const member = await joinHub(own)
    await playRound(own, member)
    const begunAt = own.clock.now()
    const { store } = own.parts
    // As a hub with shorter rounds would have begun it.
    const roundAt = new Date(begunAt + 10_000)
    const { keyId } = await store.prisma.round.findFirstOrThrow()
    await store.prisma.round.create({
      data: { roundAt, deadlineAt: new Date(begunAt + 46_000), intervalMs: 5_000, keyId },
    })
    own.clock.moveTo(begunAt + 46_001)
    await own.parts.closer.closeDue()
    expect((await own.parts.lastClosedRound())?.roundAt).toEqual(roundAt)
    const before = await store.prisma.round.count()
    const answer = await own.post(
      `mutation ($dueAt: DateTime) { startRound(input: { roundAt: $dueAt }) { ... on StartRoundRefused { reason } } }`,
      { token: own.operatorToken, variables: { dueAt: new Date(begunAt + 5_000).toISOString() } },
    )
    expect(answer.data).toEqual({ startRound: { reason: 'OVER' } })
    expect(await own.startRound(roundAt.getTime())).toBeNull()
    expect(await store.prisma.round.count()).toBe(before)
    await own.close()
  })
})

describe('everyRounds', () => {
  it('asks for a website in every n-th round only, and lets websites take turns', async () => {
    const own = await startTestHub(inject('template'))
    const ids = await createWebsites(own, 4)
    for (const id of ids.slice(1)) {
      await own.post(`mutation ($id: ID!) { updateWebsite(input: { id: $id, everyRounds: 3 }) { __typename } }`, {
        token: own.ownerToken,
        variables: { id },
      })
    }
    const member = await joinHub(own)
    const asked = new Map(ids.map((id) => [id, [] as number[]]))
    for (let round = 0; round < 6; round++) {
      const [tasks = []] = await playRound(own, member)
      for (const { websiteId } of tasks) asked.get(websiteId)?.push(round)
    }
    const [always, ...thirds] = [...asked.values()]
    expect(always).toEqual([0, 1, 2, 3, 4, 5])
    expect(thirds.map((rounds) => rounds.join()).sort()).toEqual(['0,3', '1,4', '2,5'])
    await own.close()
  })

  it('is a pure rule of round, website and interval', () => {
    for (const everyRounds of [1, 2, 7, 60]) {
      for (const no of [1, 2, 59]) {
        const due = Array.from({ length: 120 }, (_, round) => isDue({ no, everyRounds }, round * 5_000, 5_000))
        const rounds = due.flatMap((yes, round) => (yes ? [round] : []))
        expect(rounds.slice(1).every((round, index) => round - (rounds[index] ?? 0) === everyRounds)).toBe(true)
        expect(rounds.length).toBe(Math.floor((119 - (rounds[0] ?? 0)) / everyRounds) + 1)
      }
    }
  })
})
