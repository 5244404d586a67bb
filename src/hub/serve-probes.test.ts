import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { DISK_LOOK_MS } from '../limits.js'
import { breakable, type BreakableStore } from '../testing/store-wrappers.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { openTestStore } from '../testing/test-store.js'
import { createWebsites, openTaskSocket, signUp, submitBatch, submitOne } from '../testing/test-validator.js'

const READINESS_KEPT_MS = 1_000
const template = inject('template')

let hub: TestHub
let store: BreakableStore

beforeAll(async () => {
  store = breakable(await openTestStore(template))
  hub = await startTestHub(template, { overrides: { store } })
})
afterAll(() => hub.close())

const ask = (path: string, init: RequestInit = {}, of = hub) => fetch(`${of.url}${path}`, init)
const SOUND = {
  ready: true,
  running: 'ok',
  database: 'ok',
  migrations: 'ok',
  disk: 'ok',
  rounds: 'ok',
  clock: 'ok',
  notes: [],
}

describe('/healthz', () => {
  it('says that the process runs, whatever its database does', async () => {
    store.away = true
    const response = await ask('/healthz')
    store.away = false
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }])
  })

  it.each(['/healthz', '/readyz', '/metrics'])('%s takes GET and HEAD only', async (path) => {
    const response = await ask(path, { method: 'POST' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    expect(await (await ask(path, { method: 'HEAD' })).text()).toBe('')
  })
})

describe('/readyz', () => {
  it('answers 200 while all is well and 503 with what is not, and looks again after a while', async () => {
    hub.clock.advance(READINESS_KEPT_MS)
    expect(await (await ask('/readyz')).json()).toEqual(SOUND)
    store.away = true
    expect((await ask('/readyz')).status).toBe(200)
    hub.clock.advance(READINESS_KEPT_MS)
    const away = await ask('/readyz')
    expect([away.status, await away.json()]).toEqual([
      503,
      { ...SOUND, ready: false, database: 'failing', migrations: 'failing' },
    ])
    store.away = false
    hub.clock.advance(READINESS_KEPT_MS)
    expect((await ask('/readyz')).status).toBe(200)
  })

  it('fails where a newer version has migrated the database', async () => {
    await store.sql.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name) VALUES ('1', '', now(), '29990101000000_later')`,
    )
    hub.clock.advance(READINESS_KEPT_MS)
    expect(await (await ask('/readyz')).json()).toMatchObject({ ready: false, database: 'ok', migrations: 'failing' })
    await store.sql.query(`DELETE FROM "_prisma_migrations" WHERE id = '1'`)
    hub.clock.advance(READINESS_KEPT_MS)
    expect((await ask('/readyz')).status).toBe(200)
  })
})

describe('a full disk', () => {
  it('has answers refused that may come again, and the hub not ready, on the embedded database', async () => {
    const full = await startTestHub(template)
    try {
      const [id] = await createWebsites(full, 1)
      const validator = await signUp(full)
      const socket = await openTaskSocket(full, validator.sessionToken)
      await full.startRound(full.clock.now())
      const [task] = await socket.next()
      if (!task || !id) throw new Error('no task')
      full.parts.settings.diskFreeMinBytes = Number.MAX_SAFE_INTEGER
      full.clock.advance(DISK_LOOK_MS)
      const isEmbedded = full.parts.store.kind === 'pglite'
      expect((await ask('/readyz', {}, full)).status).toBe(isEmbedded ? 503 : 200)
      const single = await submitOne(full, validator, task)
      const batch = await submitBatch(full, validator, [{ task }])
      expect(single).toMatchObject(isEmbedded ? { reason: 'UNAVAILABLE' } : { tick: { status: 'Good' } })
      expect(batch).toMatchObject(isEmbedded ? { reason: 'UNAVAILABLE' } : { acceptedCount: 1 })
      expect(await full.parts.store.prisma.websiteTick.count()).toBe(isEmbedded ? 0 : 1)
      const [paid] = await full.parts.store.prisma.validator.findMany()
      expect(paid?.pendingPayouts).toBe(isEmbedded ? 0n : full.parts.settings.tickRewardLamports)
      await socket.close()
    } finally {
      await full.close()
    }
  })
})

describe('/metrics', () => {
  const metrics = async (init: RequestInit = {}) => (await ask('/metrics', init)).text()
  const value = (text: string, name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.slice(name.length),
    )

  it('counts answers by what became of them, rounds and sessions', async () => {
    await createWebsites(hub, 2)
    const validator = await signUp(hub)
    const socket = await openTaskSocket(hub, validator.sessionToken)
    hub.clock.advance(60_000)
    await hub.startRound(hub.clock.now())
    const [first, second] = await socket.next()
    if (!first || !second) throw new Error('no tasks')
    await submitOne(hub, validator, first)
    await submitOne(hub, validator, { ...second, callbackId: `${second.callbackId.slice(0, -2)}AA` })
    await submitBatch(hub, validator, [{ task: first }, { task: second }])
    const ended = new Promise((resolve) => {
      hub.parts.bus.subscribe('roundEnded', resolve)
    })
    hub.clock.advance(60_000)
    await ended
    const text = await metrics()
    expect(value(text, 'overlaps_answers_total{outcome="ACCEPTED"}')).toBe(3)
    expect(value(text, 'overlaps_answers_total{outcome="UNKNOWN_CALLBACK"}')).toBe(1)
    expect(value(text, 'overlaps_rounds_total')).toBe(1)
    expect(value(text, 'overlaps_sessions')).toBe(1)
    expect(value(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e7)
    expect(text).not.toContain(validator.keys.publicKey)
    await socket.close()
  })

  it('are not for who comes from elsewhere, nor through a proxy, without the operator token', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.7' }
    const refused = await ask('/metrics', { headers })
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect(await refused.text()).not.toContain('overlaps_')
    expect((await ask('/metrics', { headers: { authorization: `Bearer ${hub.ownerToken}` } })).status).toBe(401)
    const authorization = `Bearer ${hub.operatorToken}`
    expect(await metrics({ headers: { ...headers, authorization } })).toContain('overlaps_sessions')
  })
})

it('a hub that has stopped listens to nothing', async () => {
  const other = await startTestHub(template)
  const { bus } = other.parts
  await other.close()
  expect(bus.listenerCount()).toBe(0)
})
