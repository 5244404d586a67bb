import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { fetchExport, fillRounds } from '../testing/export/export.js'
import { breakable, keptOpen, type BreakableStore } from '../testing/store-wrappers.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { openTestStore } from '../testing/test-store.js'
import { createWebsites } from '../testing/test-validator.js'
import { addTestToken } from '../testing/owner/parts.js'
import { eventually } from '../testing/eventually.js'

const ROWS = 200_000
const WEBSITES = 10
const ROUNDS = 1_000
/** A busy machine may take its time. */

let hub: TestHub
let store: BreakableStore
let statementCount = 0
let runningCount = 0

beforeAll(async () => {
  const opened = await openTestStore(inject('template'))
  const query: typeof opened.sql.query = async (text, parameters) => {
    statementCount += 1
    runningCount += 1
    return opened.sql.query<never>(text, parameters).finally(() => {
      runningCount -= 1
    })
  }
  store = breakable({ ...opened, sql: { ...opened.sql, query } })
  hub = await startTestHub(inject('template'), { overrides: { store: keptOpen(store) } })
  await createWebsites(hub, WEBSITES)
  await fillRounds(hub, { rounds: ROUNDS, validators: ROWS / WEBSITES / ROUNDS, proofs: false })
}, 180_000)
afterAll(async () => {
  await hub.close()
  await store.close()
})

/** An export that nobody reads from until the test does. */
async function openExport(token = hub.ownerToken, file = 'ticks.jsonl'): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${token}` }
  // A connection of its own: on a shared one, one peer's silence would be another's.
  const request = get(`${hub.url}/export/${file}`, { headers, agent: false })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.pause()
  return response
}

async function readToEnd(response: IncomingMessage): Promise<number> {
  let lines = 0
  for await (const chunk of response) lines += (chunk as Buffer).toString('latin1').split('\n').length - 1
  return lines
}

/** Resolves when the hub asks its database for nothing more. */
async function untilHeldUp(): Promise<void> {
  const isHeldUp = async () => {
    const seen = statementCount
    for (let turns = 0; turns < 1_000; turns++) await nextTurn()
    expect([statementCount, runningCount]).toEqual([seen, 0])
  }
  await vi.waitFor(isHeldUp, { timeout: 60_000, interval: 50 })
}

/** Resolves with true when the stream was broken off. */
async function isBroken(response: IncomingMessage): Promise<boolean> {
  return readToEnd(response).then(
    () => false,
    () => true,
  )
}

const status = async (token?: string) => {
  const response = await fetchExport(hub, 'rollups.csv', {}, token === undefined ? {} : { token })
  await response.text()
  return response.status
}

async function addOwner(name: string): Promise<string> {
  const { id: userId } = await store.prisma.user.create({ data: { email: `${name}@example.com` } })
  return (await addTestToken(hub.parts, userId)).token
}

function heldBytes(): number {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

describe('an export of 200,000 rows', () => {
  it('is sent whole to a slow reader, at the memory of a page', async () => {
    const before = heldBytes()
    const response = await openExport()
    let bytes = 0
    let lines = 0
    let chunks = 0
    let mostHeld = 0
    for await (const chunk of response) {
      bytes += (chunk as Buffer).length
      lines += (chunk as Buffer).toString('latin1').split('\n').length - 1
      if (chunks++ % 100 === 0) mostHeld = Math.max(mostHeld, heldBytes() - before)
      for (let turns = 0; turns < 5; turns++) await nextTurn()
    }
    expect(lines).toBe(ROWS)
    expect(bytes).toBeGreaterThan(80_000_000)
    expect(mostHeld).toBeLessThan(20_000_000)
  }, 300_000)

  it('reads no further than its peer', async () => {
    const before = statementCount
    const response = await openExport()
    await untilHeldUp()
    const whole = ROWS / (store.kind === 'pglite' ? 250 : 2_000)
    // Some megabytes are in the kernel's buffers.
    expect(statementCount - before).toBeLessThan(whole)
    response.destroy()
  }, 120_000)
})

describe('a peer that reads nothing', () => {
  it('is ended after a minute, and holds nothing', async () => {
    const [first, second] = [await openExport(), await openExport()]
    await untilHeldUp()
    expect(await status()).toBe(429)
    hub.clock.advance(59_999)
    expect(await status()).toBe(429)
    hub.clock.advance(1)
    await eventually(async () => expect(await status()).toBe(200))
    expect(await Promise.all([first, second].map(isBroken))).toEqual([true, true])
  }, 120_000)

  it('is given a minute', async () => {
    const response = await openExport(hub.ownerToken, 'verdicts.jsonl')
    hub.clock.advance(59_999)
    expect(await readToEnd(response)).toBe(WEBSITES * ROUNDS)
  })
})

describe('exports at a time', () => {
  it('are two of an owner and four of a hub', async () => {
    const others = [await addOwner('ada'), await addOwner('ben')] as const
    // Their own are over at once: only what takes long stays.
    await store.prisma.website.updateMany({
      data: { userId: await userOf('ada@example.com') },
      where: { no: { gt: 5 } },
    })
    const open = [await openExport(), await openExport()]
    const refused = await fetchExport(hub, 'ticks.csv')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
    expect(await refused.text()).toContain('2 of your exports are running already')
    expect(await status(others[1])).toBe(200)
    open.push(await openExport(others[0]), await openExport(others[0]))
    const full = await fetchExport(hub, 'ticks.csv', {}, { token: others[1] })
    expect([full.status, await full.text()]).toEqual([429, expect.stringContaining('4 exports of this hub')])
    for (const response of open) response.destroy()
    await eventually(async () => expect([await status(), await status(others[0])]).toEqual([200, 200]))
  }, 60_000)
})

async function userOf(email: string): Promise<string> {
  return (await store.prisma.user.findUniqueOrThrow({ where: { email } })).id
}

describe('a fault', () => {
  it('breaks the stream, so that nobody takes a part for the whole', async () => {
    const response = await openExport()
    store.away = true
    expect(await isBroken(response)).toBe(true)
    store.away = false
    await eventually(() => expect(hub.errors).toHaveLength(1))
    expect(hub.errors.splice(0)).toMatchObject([{ msg: 'unexpected error' }])
    await eventually(async () => expect(await status()).toBe(200))
  }, 60_000)

  it('before the stream is a status', async () => {
    const response = await fetchExport(hub, 'ticks.csv', {}, { token: hub.operatorToken })
    expect(response.status).toBe(400)
    store.away = true
    const broken = await fetchExport(hub, 'ticks.csv')
    store.away = false
    expect([broken.status, await broken.text()]).toEqual([500, expect.stringContaining('INTERNAL_SERVER_ERROR')])
    expect(hub.errors.splice(0)).toHaveLength(1)
  })
})

describe('a hub that closes', () => {
  it('breaks off what it sends', async () => {
    const other = await startTestHub(inject('template'), { overrides: { store: keptOpen(store) } })
    const token = await addTestToken(hub.parts, await userOf('owner@localhost'))
    const request = get(`${other.url}/export/ticks.csv`, { headers: { authorization: `Bearer ${token.token}` } })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    await other.close()
    expect(await isBroken(response)).toBe(true)
    expect(other.errors).toEqual([])
    expect(other.clock.pendingCount()).toBe(0)
  }, 60_000)
})
