import { once } from 'node:events'
import http from 'node:http'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { insertWebsites } from '../testing/insert-websites.js'
import { openReadySocket, type RawSocket } from '../testing/raw-socket.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { joinHub, type TestMember } from '../testing/test-round.js'
import { signUp, type WireTask } from '../testing/test-validator.js'
import { eventually } from '../testing/eventually.js'

const WEBSITES = 10_000

let hub: TestHub
let member: TestMember
beforeAll(async () => {
  // Far enough apart that a busy machine's honest peers are never taken for dead.
  hub = await startTestHub(inject('template'), { overrides: { pingIntervalMs: 2_000 } })
  await insertWebsites(hub.parts.store, WEBSITES)
  member = await joinHub(hub)
})
afterAll(() => hub.close())

const TASKS = 'subscription { tasks { callbackId websiteId url roundAt check { headers { name value } } } }'
const connected = (count: number) => eventually(() => expect(hub.parts.sessions.count()).toBe(count))

/** A validator that subscribes and from then on reads nothing. */
async function openDeaf(): Promise<RawSocket> {
  const raw = await openReadySocket(hub, (await signUp(hub)).sessionToken)
  const before = hub.parts.sessions.count()
  raw.send({ id: 'tasks', type: 'subscribe', payload: { query: TASKS } })
  await connected(before + 1)
  raw.socket.pause()
  return raw
}

/** Everything that the honest member gets of the round that begins now, event by event. */
async function playWholeRound(): Promise<WireTask[][]> {
  hub.clock.advance(60_000)
  await hub.startRound(hub.clock.now())
  const events: WireTask[][] = []
  while (events.reduce((sum, tasks) => sum + tasks.length, 0) < WEBSITES) events.push(await member.socket.next())
  return events
}

describe('10,000 websites in one round', () => {
  it('reach one honest validator completely, in events of at most 500, each with a callback of its own', async () => {
    const events = await playWholeRound()
    expect(Math.max(...events.map((tasks) => tasks.length))).toBe(500)
    const tasks = events.flat()
    expect(tasks).toHaveLength(WEBSITES)
    expect(new Set(tasks.map(({ websiteId }) => websiteId)).size).toBe(WEBSITES)
    expect(new Set(tasks.map(({ callbackId }) => callbackId)).size).toBe(WEBSITES)
    expect(new Set(tasks.map(({ startAfterMs }) => startAfterMs < 20_000)).size).toBe(1)
  })

  it('reach it as well beside peers that never read, who lose only their own sockets', async () => {
    const deaf = [await openDeaf(), await openDeaf(), await openDeaf()]
    // Half open: its kernel still takes what it is sent, and nobody is there to answer.
    const dead = await openReadySocket(hub, (await signUp(hub)).sessionToken, { pongs: false })
    dead.send({ id: 'tasks', type: 'subscribe', payload: { query: TASKS } })
    await connected(5)
    expect((await playWholeRound()).flat()).toHaveLength(WEBSITES)
    // They miss their pings, and the hub lets go of them.
    await connected(1)
    for (const raw of deaf) raw.socket.resume()
    for (const { code } of await Promise.all([...deaf, dead].map((raw) => raw.closed))) expect(code).toBe(1006)
    expect(hub.errors).toEqual([])
  })

  it('wait as cursors, not as messages, for a peer that reads nothing and yet sends pongs', async () => {
    const raw = await openDeaf()
    const pongs = setInterval(() => raw.socket.pong(), 500)
    const rounds: string[] = []
    for (let round = 0; round < 6; round++) {
      expect((await playWholeRound()).flat()).toHaveLength(WEBSITES)
      rounds.push(new Date(hub.clock.now()).toISOString())
    }
    expect(hub.parts.sessions.count()).toBe(2)
    raw.socket.resume()
    // What the kernel took before it was full comes first, then the newest round whole: of those between nothing was kept.
    const received = new Map(rounds.map((roundAt) => [roundAt, 0]))
    const newest = rounds.at(-1) ?? ''
    while ((received.get(newest) ?? 0) < WEBSITES) {
      const { payload } = await raw.next()
      for (const { roundAt } of (payload as { data: { tasks: WireTask[] } }).data.tasks) {
        received.set(roundAt, (received.get(roundAt) ?? 0) + 1)
      }
    }
    expect(received.get(newest)).toBe(WEBSITES)
    expect(received.get(rounds.at(-2) ?? '')).toBe(0)
    clearInterval(pongs)
    await raw.close()
    await connected(1)
  })

  it('wait likewise for a reader of server-sent events that stops', async () => {
    const { sessionToken } = await signUp(hub)
    const request = http.request(`${hub.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${sessionToken}`,
      },
    })
    request.end(JSON.stringify({ query: TASKS }))
    const [response] = (await once(request, 'response')) as [http.IncomingMessage]
    await connected(2)
    const rounds: string[] = []
    for (let round = 0; round < 6; round++) {
      expect((await playWholeRound()).flat()).toHaveLength(WEBSITES)
      rounds.push(new Date(hub.clock.now()).toISOString())
    }
    const count = (text: string, roundAt: string | undefined) => text.split(`"roundAt":"${roundAt}"`).length - 1
    let text = ''
    for await (const chunk of response) {
      text += String(chunk)
      if (count(text.slice(-1_000_000), rounds.at(-1)) > 0) break
    }
    expect(count(text, rounds.at(-2))).toBe(0)
    request.destroy()
    await connected(1)
  })

  it('cannot be made to fill the hub by a peer that asks on and on without reading', async () => {
    const raw = await openDeaf()
    const pongs = setInterval(() => raw.socket.pong(), 500)
    const query = `{ ${Array.from({ length: 40 }, (_, n) => `s${n}: __schema { types { name description } }`).join(' ')} }`
    for (let index = 0; index < 60; index++) {
      raw.send({ id: `q${index}`, type: 'subscribe', payload: { query } })
    }
    await connected(1)
    clearInterval(pongs)
    raw.socket.resume()
    expect(await raw.closed).toMatchObject({ code: 1006 })
    expect((await playWholeRound()).flat()).toHaveLength(WEBSITES)
    expect(hub.errors).toEqual([])
  })
})
