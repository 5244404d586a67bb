import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { migrate } from '../store/migrate.js'
import { openPostgres } from '../store/open-postgres.js'
import { readMigrations } from '../store/read-migrations.js'
import type { Store } from '../store/store.js'
import { startFaultyProxy, type FaultyProxy } from '../testing/faulty-proxy.js'
import { hasPostgresServer, startPostgresServer, type PostgresServer } from '../testing/postgres-server.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, playRound, type TestMember } from '../testing/test-round.js'
import { createWebsites, submitBatch, submitOne, type SubmitAnswer, type WireTask } from '../testing/test-validator.js'

/** The hub's promises: it answers every submission, and recovers. */
const ANSWERED_WITHIN_MS = 5_000
const RECOVERED_WITHIN_MS = 10_000
/** As agents do. */
const RETRY_AFTER_MS = 100
const WEBSITES = 60
const BATCH = 5

// eslint-disable-next-line node/no-process-env -- CI installs what these tests need, so that they never pass it over
const isSkipped = process.env['CI'] !== 'true' && !hasPostgresServer()
const absence = isSkipped ? ' (SKIPPED: there is no PostgreSQL server on this machine)' : ''

let server: PostgresServer
let direct: Store
let databaseCount = 0
const urlOf = (port: number, database: string) => `postgresql://postgres@127.0.0.1:${port}/${database}`

beforeAll(async () => {
  if (isSkipped) return
  const started = await startPostgresServer()
  if (!started) throw new Error('there is no PostgreSQL server on this machine')
  server = started
  direct = await openPostgres(urlOf(server.port, 'postgres'), () => undefined)
})
afterAll(async () => {
  if (isSkipped) return
  await direct.close()
  await server.stop()
})

interface Scene {
  hub: TestHub
  proxy: FaultyProxy
  members: readonly TestMember[]
  tasks: readonly WireTask[][]
}

/** A hub behind a proxy to its database, and two validators with a task for each website. */
async function openScene(): Promise<Scene> {
  const name = `faults_${++databaseCount}`
  await direct.sql.run(`CREATE DATABASE ${name}`)
  const proxy = await startFaultyProxy(server.port)
  const store = await openPostgres(urlOf(proxy.port, name), () => undefined)
  await migrate(store, await readMigrations())
  const hub = await startTestHub(inject('template'), { overrides: { store } })
  onTestFinished(async () => {
    await hub.close()
    await proxy.close()
  })
  await createWebsites(hub, WEBSITES)
  const members = [await joinHub(hub), await joinHub(hub)]
  return { hub, proxy, members, tasks: await playRound(hub, ...members) }
}

async function within<Result>(milliseconds: number, what: string, work: Promise<Result>): Promise<Result> {
  const alarm = new AbortController()
  const late = sleep(milliseconds, undefined, { signal: alarm.signal }).then(
    () => Promise.reject(new Error(`${what} took more than ${milliseconds} ms`)),
    () => new Promise<never>(() => undefined),
  )
  try {
    return await Promise.race([work, late])
  } finally {
    alarm.abort()
  }
}

/** UNAVAILABLE has two forms; anything else fails the test. */
async function outcomeOf(submission: Promise<SubmitAnswer>): Promise<'STORED' | 'UNAVAILABLE'> {
  const said = await within(
    ANSWERED_WITHIN_MS,
    'a submission',
    submission.catch((error: Error) => ({ __typename: 'errors', message: error.message })),
  )
  const { __typename: type, rejected } = { rejected: [], ...said }
  if (type.endsWith('Success') && rejected.length === 0) return 'STORED'
  expect(JSON.stringify(said)).toContain('UNAVAILABLE')
  return 'UNAVAILABLE'
}

/** Half of the answers go alone, half in batches, each until it is stored. */
function startLoad({ hub, members, tasks }: Scene) {
  const seen = { STORED: 0, UNAVAILABLE: 0 }
  const acknowledged: WireTask[] = []
  const send = async (member: TestMember, some: WireTask[]) => {
    const [first] = some
    if (!first) return
    const submit = () =>
      some.length === 1
        ? submitOne(hub, member, first)
        : submitBatch(
            hub,
            member,
            some.map((task) => ({ task })),
          )
    for (;;) {
      const outcome = await outcomeOf(submit())
      seen[outcome] += 1
      if (outcome === 'STORED') break
      await sleep(RETRY_AFTER_MS)
    }
    acknowledged.push(...some)
  }
  const work = members.map(async (member, index) => {
    const all = tasks[index] ?? []
    for (let at = 0; at < all.length; at += 2 * BATCH) {
      const alone = all.slice(at, at + BATCH).map((task) => [task])
      await Promise.all([...alone, all.slice(at + BATCH, at + 2 * BATCH)].map((some) => send(member, some)))
    }
  })
  return { seen, acknowledged, ended: Promise.all(work) }
}

const LIST = '{ websites(first: 5) { edges { node { name } } } }'

/** Data, or the code of the fault. */
async function askAsOwner(hub: TestHub): Promise<string> {
  const { data, errors } = await within(
    ANSWERED_WITHIN_MS,
    "an owner's query",
    hub.post(LIST, { token: hub.ownerToken }),
  )
  const told = data ? 'DATA' : String(errors?.[0]?.extensions['code'])
  expect(['DATA', 'UNAVAILABLE']).toContain(told)
  return told
}

async function readiness(hub: TestHub): Promise<number> {
  // A look is kept for a second.
  hub.clock.advance(1_000)
  return (await within(ANSWERED_WITHIN_MS, 'readiness', fetch(`${hub.url}/readyz`))).status
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(RETRY_AFTER_MS)
}

async function expectNothingLostOrDouble({ hub, members, tasks }: Scene): Promise<void> {
  const { prisma, sql } = hub.parts.store
  expect(await prisma.websiteTick.count()).toBe(tasks.flat().length)
  const paid = await prisma.validator.findMany({ select: { id: true, pendingPayouts: true } })
  expect(new Map(paid.map(({ id, pendingPayouts }) => [id, pendingPayouts]))).toEqual(
    new Map(members.map(({ id }, index) => [id, BigInt(tasks[index]?.length ?? 0) * 100n])),
  )
  // Every stored submission has all its ticks: no half batch.
  const torn = await sql.query(
    `SELECT s.id FROM "Submission" s JOIN "WebsiteTick" t ON t."submissionId" = s.id
     GROUP BY s.id, s.leaves HAVING count(*) * 32 <> length(s.leaves)`,
  )
  expect(torn).toEqual([])
}

const faults: {
  name: string
  isAway: boolean
  fail(scene: Scene): Promise<void>
  mend(scene: Scene): Promise<void>
}[] = [
  {
    name: 'stopped in order, and started again',
    isAway: true,
    fail: () => server.halt('fast'),
    mend: () => server.resume(),
  },
  {
    name: 'crashed, and started again',
    isAway: true,
    fail: () => server.halt('immediate'),
    mend: () => server.resume(),
  },
  {
    name: 'without any of its backends, again and again',
    isAway: false,
    fail: async () => {
      for (let round = 0; round < 5; round++) {
        await direct.sql.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = $1',
          [`faults_${databaseCount}`],
        )
        await sleep(RETRY_AFTER_MS)
      }
    },
    mend: async () => undefined,
  },
  {
    name: 'silent, and back with all that was kept',
    isAway: true,
    fail: async ({ proxy }) => void (proxy.mode = 'MUTE'),
    mend: async ({ proxy }) => proxy.recover(),
  },
  {
    name: 'silent, and back for new connections only',
    isAway: true,
    fail: async ({ proxy }) => void (proxy.mode = 'MUTE'),
    mend: async ({ proxy }) => proxy.forgetOpen(),
  },
  {
    name: 'taking what is sent, and keeping its answers',
    isAway: true,
    fail: async ({ proxy }) => void (proxy.mode = 'DEAF'),
    mend: async ({ proxy }) => proxy.forgetOpen(),
  },
]

describe.skipIf(isSkipped)(`a PostgreSQL that is${absence}`, () => {
  it.each(faults)('$name: all are answered in time, nothing is lost or paid twice', async ({ isAway, fail, mend }) => {
    const scene = await openScene()
    const { hub } = scene
    expect([await askAsOwner(hub), await readiness(hub)]).toEqual(['DATA', 200])
    const load = startLoad(scene)
    await until(async () => load.acknowledged.length > 0)
    await fail(scene)
    if (isAway) {
      const before = load.seen.UNAVAILABLE
      await until(async () => (await askAsOwner(hub)) === 'UNAVAILABLE')
      await until(async () => (await readiness(hub)) === 503)
      await until(async () => load.seen.UNAVAILABLE > before)
    }
    await mend(scene)
    await within(
      RECOVERED_WITHIN_MS,
      'the recovery',
      Promise.all([
        load.ended,
        until(async () => (await askAsOwner(hub)) === 'DATA'),
        until(async () => (await readiness(hub)) === 200),
      ]),
    )
    await expectNothingLostOrDouble(scene)
    expect(hub.errors).not.toContainEqual(expect.objectContaining({ msg: 'unexpected error' }))
  })

  it('held up by a lock of somebody else: answered in time, and what was stored meanwhile is a repeat', async () => {
    const scene = await openScene()
    const { hub, members, tasks } = scene
    const [member] = members
    const [task, ...others] = tasks[0] ?? []
    if (!member || !task) throw new Error('no task')
    const holder = await openPostgres(urlOf(server.port, `faults_${databaseCount}`), () => undefined)
    await holder.transaction(async (sql) => {
      await sql.run('SELECT 1 FROM "Validator" FOR UPDATE')
      expect(await outcomeOf(submitOne(hub, member, task))).toBe('UNAVAILABLE')
    })
    await holder.close()
    expect(await outcomeOf(submitOne(hub, member, task))).toBe('STORED')
    const answers = others.map((one) => ({ task: one }))
    expect(await outcomeOf(submitBatch(hub, member, answers))).toBe('STORED')
    await expectNothingLostOrDouble({ ...scene, tasks: [tasks[0] ?? [], []] })
  })

  it('gone while the hub stops: it ends all the same', async () => {
    const { hub, proxy } = await openScene()
    proxy.mode = 'MUTE'
    await expect(hub.close()).resolves.toBeUndefined()
  })
})
