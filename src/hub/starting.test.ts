import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { StartFault } from '../start-fault.js'
import { DatabaseAway } from '../store/database-away.js'
import type { Store } from '../store/store.js'
import { eventually } from '../testing/eventually.js'
import { freePort } from '../testing/postgres-server.js'
import { keptOpen } from '../testing/store-wrappers.js'
import { startTestHub } from '../testing/test-hub.js'
import { openTestStore } from '../testing/test-store.js'
import { readSettings } from './read-settings.js'
import { startHub } from './start-hub.js'

/** A hub whose PostgreSQL is not there. */
async function startWithoutDatabase(waitMs: number) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'overlaps-starting-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const port = await freePort()
  const settings = readSettings({
    PORT: String(port),
    OVERLAPS_HOST: '127.0.0.1',
    OVERLAPS_DATA_DIR: dataDir,
    DATABASE_URL: `postgres://ada:secret@127.0.0.1:${await freePort()}/overlaps`,
    OVERLAPS_DATABASE_WAIT_MS: String(waitMs),
  })
  const stopping = new AbortController()
  const started = startHub(settings, { log: pino({ level: 'silent' }), stopping: stopping.signal })
  started.catch(() => undefined)
  return { url: `http://127.0.0.1:${port}`, started, stopping }
}

describe('a hub whose database does not answer while it starts', () => {
  it('says so over HTTP, for as long as it waits, and stops when it is told to', async () => {
    const { url, started, stopping } = await startWithoutDatabase(60_000)
    await eventually(async () => expect((await fetch(`${url}/healthz`)).status).toBe(200))
    const asked = [
      fetch(`${url}/graphql`, { method: 'POST', body: '{"query":"{ __typename }"}' }),
      fetch(`${url}/readyz`),
      fetch(`${url}/nowhere`),
    ]
    for (const response of await Promise.all(asked)) {
      expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([
        503,
        'application/json; charset=utf-8',
        {
          errors: [
            { message: 'The hub is starting: try again in a few seconds.', extensions: { code: 'UNAVAILABLE' } },
          ],
        },
      ])
    }
    stopping.abort()
    await expect(started).rejects.toBe(stopping.signal.reason)
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed')
  })

  it('ends with one sentence when the time is over', async () => {
    const { started } = await startWithoutDatabase(700)
    const error: unknown = await started.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(StartFault)
    expect((error as Error).message).toMatch(
      /^The database overlaps at 127\.0\.0\.1:\d+ does not answer \(.*ECONNREFUSED.*\): start it, or correct DATABASE_URL\.$/,
    )
  })

  it('starts all the same when it goes away in the midst of it, and makes nothing twice', async () => {
    const store = await openTestStore(inject('template'))
    const hub = await startTestHub(inject('template'), {
      overrides: { store: goingAway(keptOpen(store), [2, 5, 12, 20, 30, 44]) },
    })
    // The token of the first owner is told, whichever try made it.
    const viewer = await hub.post('{ viewer { __typename } }', { token: hub.ownerToken })
    expect(viewer.data).toEqual({ viewer: { __typename: 'User' } })
    expect([await store.prisma.user.count(), await store.prisma.hubKey.count()]).toEqual([1, 1])
    expect(hub.errors).toEqual([])
    await hub.close()
    await store.close()
  })

  it('is told in one sentence when it stays away', async () => {
    const store = await openTestStore(inject('template'))
    const away = Array.from({ length: 100 }, (_, index) => index + 3)
    const databaseUrl = 'postgres://ada:secret@127.0.0.1:5432/overlaps'
    const started = startTestHub(inject('template'), {
      overrides: { store: goingAway(store, away) },
      settings: { databaseUrl, databaseWaitMs: 0 },
    })
    await expect(started).rejects.toThrow(
      new StartFault(
        'The database overlaps at 127.0.0.1:5432 does not answer (the database does not answer): start it, or correct DATABASE_URL.',
      ),
    )
  })
})

/** A store that is away for the so many-th things that are asked of it. */
function goingAway(store: Store, away: readonly number[]): Store {
  let count = 0
  const ask = () => {
    count += 1
    if (away.includes(count)) throw new DatabaseAway()
  }
  const asking =
    <Arguments extends unknown[], Result>(work: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      ask()
      return work(...given)
    }
  const prisma = new Proxy(store.prisma, {
    get(client, name) {
      if (!String(name).startsWith('$')) ask()
      return Reflect.get(client, name) as unknown
    },
  })
  return {
    ...store,
    prisma,
    sql: {
      run: asking(store.sql.run),
      query: async (text, parameters, plan) => {
        ask()
        return store.sql.query(text, parameters, plan)
      },
    },
    transaction: asking(store.transaction),
    exclusively: asking(store.exclusively),
  }
}
