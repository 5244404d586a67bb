import { pino } from 'pino'
import { describe, expect, inject, it } from 'vitest'
import { DatabaseAway } from '../store/database-away.js'
import type { Store } from '../store/store.js'
import { breakable, gated, keptOpen } from '../testing/store-wrappers.js'
import { startTestHub, type TestHub, type TestHubOptions } from '../testing/test-hub.js'
import { balanceOf, joinHub, playOneTask } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import { createWebsites, openTaskSocket, submitBatch, submitOne } from '../testing/test-validator.js'
import { eventually } from '../testing/eventually.js'

const at = (time: string) => Date.parse(`2026-11-22T${time}Z`)

async function startOnSchedule(roundCron: string, options: TestHubOptions = {}) {
  const warnings: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) })
  const hub = await startTestHub(inject('template'), {
    ...options,
    settings: { roundCron, ...options.settings },
    overrides: { followSchedule: true, log, ...options.overrides },
  })
  await createWebsites(hub, 1)
  const member = await joinHub(hub)
  /** The round that the next event belongs to, by the time of day of its instant. */
  const nextRound = async () => (await member.socket.next())[0]?.roundAt.slice(11, -1)
  /** Resolves when the hub has given up on a round, and waits for the next. */
  const givesUp = async (message: string) => {
    await eventually(() => expect(warnings.join()).toContain(message))
    await hub.post('{ __typename }')
  }
  return { hub, member, nextRound, warnings, givesUp }
}

/** The instants of all rounds on record, by their time of day. */
async function rounds({ parts }: Pick<TestHub, 'parts'>): Promise<string[]> {
  const found = await parts.store.prisma.round.findMany({ orderBy: { roundAt: 'asc' } })
  return found.map(({ roundAt }) => roundAt.toISOString().slice(11, -1))
}

describe('rounds by schedule', () => {
  it('begin when they are due, aligned to the clock, by a pattern with seconds', async () => {
    const { hub, nextRound } = await startOnSchedule('*/20 * * * * *')
    hub.clock.moveTo(at('13:00:19.999'))
    expect(await rounds(hub)).toEqual([])
    hub.clock.moveTo(at('13:00:20.000'))
    expect(await nextRound()).toBe('13:00:20.000')
    hub.clock.moveTo(at('13:00:47.000'))
    expect(await nextRound()).toBe('13:00:40.000')
    hub.clock.moveTo(at('13:01:00.000'))
    expect(await nextRound()).toBe('13:01:00.000')
    expect(await rounds(hub)).toEqual(['13:00:20.000', '13:00:40.000', '13:01:00.000'])
    await hub.close()
  })

  it('begin late when the machine slept a little, with the instant they were due', async () => {
    const { hub, nextRound } = await startOnSchedule('* * * * *')
    hub.clock.jumpTo(at('13:01:44.999'))
    expect(await nextRound()).toBe('13:01:00.000')
    await hub.close()
  })

  it('that were missed are not made up for', async () => {
    const { hub, nextRound, givesUp } = await startOnSchedule('* * * * *')
    // A sleep over three of them; the one it wakes in is past its deadline.
    hub.clock.jumpTo(at('13:03:50.000'))
    await givesUp('round missed')
    hub.clock.moveTo(at('13:04:00.000'))
    expect(await nextRound()).toBe('13:04:00.000')
    expect(await rounds(hub)).toEqual(['13:04:00.000'])
    await hub.close()
  })

  it('never overlap: what falls due while one is slow to begin is left out', async () => {
    // What every round begins with, and nothing else.
    const store = gated(await openTestStore(inject('template')), (text) => text.includes('pg_tables'))
    const { hub, nextRound, givesUp } = await startOnSchedule('* * * * *', { overrides: { store } })
    store.shut()
    hub.clock.moveTo(at('13:01:00.000'))
    await eventually(() => expect(store.waitingCount()).toBe(1))
    hub.clock.moveTo(at('13:01:30.000'))
    expect(store.waitingCount()).toBe(1)
    store.open()
    expect(await nextRound()).toBe('13:01:00.000')
    const ended = new Promise((resolve) => hub.parts.bus.subscribe('roundEnded', resolve))
    hub.clock.moveTo(at('13:01:45.001'))
    await ended
    store.shut()
    hub.clock.moveTo(at('13:02:00.000'))
    await eventually(() => expect(store.waitingCount()).toBe(1))
    hub.clock.moveTo(at('13:04:10.000'))
    expect(store.waitingCount()).toBe(1)
    store.open()
    // The one of 13:02 is over before it has begun, and nobody is on record as asked; those of 13:03 and 13:04 are left out.
    await givesUp('a round was over before it had begun')
    hub.clock.moveTo(at('13:05:00.000'))
    expect(await nextRound()).toBe('13:05:00.000')
    const rosters = await store.prisma.roundRoster.findMany({ orderBy: { roundAt: 'asc' } })
    expect(rosters.map(({ roundAt }) => roundAt.getTime())).toEqual([at('13:01:00.000'), at('13:05:00.000')])
    expect(await rounds(hub)).toEqual(['13:01:00.000', '13:02:00.000', '13:05:00.000'])
    await hub.close()
  })

  it('are tried again while their deadline is ahead, and go on after one that failed', async () => {
    const store = breakable(await openTestStore(inject('template')))
    const { hub, nextRound, givesUp, warnings } = await startOnSchedule('* * * * *', { overrides: { store } })
    store.away = true
    hub.clock.moveTo(at('13:01:00.000'))
    await givesUp('a round failed')
    hub.clock.moveTo(at('13:01:30.000'))
    store.away = false
    hub.clock.moveTo(at('13:01:30.500'))
    expect(await nextRound()).toBe('13:01:00.000')
    store.away = true
    hub.clock.moveTo(at('13:02:00.000'))
    await eventually(() => expect(warnings.filter((line) => line.includes('a round failed'))).toHaveLength(2))
    hub.clock.jumpTo(at('13:02:45.000'))
    store.away = false
    await givesUp('round missed')
    hub.clock.moveTo(at('13:03:00.000'))
    expect(await nextRound()).toBe('13:03:00.000')
    expect(await rounds(hub)).toEqual(['13:01:00.000', '13:03:00.000'])
    await hub.close()
  })

  it('ask once and by one roster when the answer to its commit was lost', async () => {
    const whole = await openTestStore(inject('template'))
    let isLost = false
    const query: Store['sql']['query'] = async (text, parameters) => {
      const found = await whole.sql.query<never>(text, parameters)
      if (isLost && text.includes('INSERT INTO "RoundRoster"')) throw new DatabaseAway()
      return found
    }
    const store = { ...whole, sql: { ...whole.sql, query } }
    const { hub, member, givesUp } = await startOnSchedule('* * * * *', { overrides: { store } })
    isLost = true
    hub.clock.moveTo(at('13:01:00.000'))
    await givesUp('a round failed')
    expect(await whole.prisma.roundRoster.count()).toBe(1)
    // Who has come meanwhile is asked as well, and is on the roster.
    const late = await joinHub(hub)
    isLost = false
    hub.clock.moveTo(at('13:01:01.000'))
    const tasks = [...(await member.socket.next()), ...(await late.socket.next())]
    expect(tasks.map(({ roundAt }) => roundAt.slice(11, 19))).toEqual(['13:01:00', '13:01:00'])
    const [roster, ...others] = await whole.prisma.roundRoster.findMany()
    expect([roster?.validatorNos.length, others.length]).toEqual([2, 0])
    expect(await hub.startRound(at('13:01:00.000'))).toBeNull()
    hub.clock.moveTo(at('13:02:00.000'))
    expect((await member.socket.next()).map(({ roundAt }) => roundAt.slice(11, 19))).toEqual(['13:02:00'])
    await hub.close()
  })

  it.runIf(inject('template').kind === 'pglite')(
    'do not begin without room on the disk of the embedded database, and begin when there is some',
    async () => {
      const { hub, nextRound, warnings } = await startOnSchedule('* * * * *')
      const { settings } = hub.parts
      const least = settings.diskFreeMinBytes
      settings.diskFreeMinBytes = Number.MAX_SAFE_INTEGER
      hub.clock.moveTo(at('13:01:00.000'))
      await eventually(() => expect(warnings.join()).toContain('no round begins until it has more'))
      const refused = await hub.post('mutation { startRound { __typename } }', { token: hub.operatorToken })
      expect(refused.errors?.[0]?.extensions['code']).toBe('UNAVAILABLE')
      expect(await rounds(hub)).toEqual([])
      settings.diskFreeMinBytes = least
      hub.clock.moveTo(at('13:01:02.000'))
      expect(await nextRound()).toBe('13:01:00.000')
      await hub.close()
    },
  )
})

describe('a hub that is restarted in mid-round', () => {
  it('takes the answers, tells of the end, and asks nobody again', async () => {
    const kept = await openTestStore(inject('template'))
    const overrides = { store: keptOpen(kept) }
    const { hub, member } = await startOnSchedule('* * * * *', { overrides })
    await createWebsites(hub, 2)
    hub.clock.moveTo(at('13:01:00.000'))
    const [a, b, c] = await member.socket.next()
    if (!a || !b || !c) throw new Error('no task')
    const { port } = hub.parts.settings
    await hub.close()

    const again = await startTestHub(inject('template'), {
      clock: hub.clock,
      settings: { port },
      overrides: { ...overrides, followSchedule: true },
    })
    const ended = new Promise((resolve) => again.parts.bus.subscribe('roundEnded', resolve))
    const socket = await openTaskSocket(again, member.sessionToken)
    expect(await submitOne(again, member, a)).toMatchObject({ __typename: 'SubmitTickSuccess' })
    expect(await submitBatch(again, member, [{ task: a }, { task: b }])).toMatchObject({ acceptedCount: 2 })
    expect(await balanceOf(again, member)).toBe(200n)
    again.clock.moveTo(at('13:01:45.001'))
    expect(await ended).toEqual({ roundAt: at('13:01:00.000'), deadlineAt: at('13:01:45.000') })
    expect(await submitBatch(again, member, [{ task: b }, { task: c }])).toMatchObject({
      acceptedCount: 1,
      rejected: [{ callbackId: c.callbackId, reason: 'LATE' }],
    })
    again.clock.moveTo(at('13:02:00.000'))
    expect(await socket.next()).toMatchObject([{ roundAt: '2026-11-22T13:02:00.000Z' }, {}, {}])
    expect(await rounds(again)).toEqual(['13:01:00.000', '13:02:00.000'])
    expect(again.errors).toEqual([])
    await again.close()
    await kept.close()
  })
})

describe('the mutation startRound', () => {
  const MUTATION = `mutation ($roundAt: DateTime) { startRound(input: { roundAt: $roundAt }) { __typename
    ... on StartRoundSuccess { roundAt deadlineAt websiteCount validatorCount } ... on StartRoundRefused { reason message field } } }`

  it('is for operators, and begins a round of any instant that can still be answered, once', async () => {
    const hub = await startTestHub(inject('template'))
    await createWebsites(hub, 2)
    const member = await joinHub(hub)
    const start = async (token?: string, roundAt?: string) => {
      const { data, errors } = await hub.post<{ startRound: { __typename: string; reason?: string } }>(MUTATION, {
        ...(token !== undefined && { token }),
        variables: { roundAt },
      })
      return data?.startRound ?? errors?.[0]?.extensions['code']
    }
    expect(await start()).toBe('UNAUTHENTICATED')
    expect(await start(hub.ownerToken)).toBe('FORBIDDEN')
    expect(await start(member.sessionToken)).toBe('FORBIDDEN')
    expect(await start(hub.operatorToken, 'now')).toMatchObject({ reason: 'INVALID_INSTANT', field: 'roundAt' })
    expect(await start(hub.operatorToken, '2026-11-22T13:00:00Z')).toMatchObject({ reason: 'INVALID_INSTANT' })
    expect(await start(hub.operatorToken, '2026-11-22T14:00:00.001Z')).toMatchObject({ reason: 'TOO_FAR_AHEAD' })
    expect(await start(hub.operatorToken, '9999-12-31T23:59:59.999Z')).toMatchObject({ reason: 'TOO_FAR_AHEAD' })
    expect(await start(hub.operatorToken, '2026-11-22T12:59:15.000Z')).toMatchObject({ reason: 'OVER' })
    expect(await start(hub.operatorToken, '0000-01-01T00:00:00.000Z')).toMatchObject({ reason: 'OVER' })
    expect(await hub.parts.store.prisma.round.count()).toBe(0)

    const begun = {
      __typename: 'StartRoundSuccess',
      roundAt: '2026-11-22T13:00:00.000Z',
      deadlineAt: '2026-11-22T13:00:45.000Z',
      websiteCount: 2,
      validatorCount: 1,
    }
    expect(await start(hub.operatorToken)).toEqual(begun)
    expect(await start(hub.operatorToken)).toMatchObject({ reason: 'ALREADY_STARTED' })
    expect(await start(hub.operatorToken, '2026-11-22T13:00:00.000Z')).toMatchObject({ reason: 'ALREADY_STARTED' })
    expect(await start(hub.operatorToken, '2026-11-22T12:59:15.001Z')).toMatchObject({
      __typename: 'StartRoundSuccess',
    })
    const events = [await member.socket.next(), await member.socket.next()]
    expect(events.map(([task]) => task?.roundAt)).toEqual(['2026-11-22T13:00:00.000Z', '2026-11-22T12:59:15.001Z'])
    expect(await playOneTask(hub, member)).toHaveLength(1)
    expect(hub.errors).toEqual([])
    await hub.close()
  })
})
