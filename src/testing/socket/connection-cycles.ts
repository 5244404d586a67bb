import { expect } from 'vitest'
import { eventually } from '../eventually.js'
import { openRawSocket, openReadySocket } from '../raw-socket.js'
import { startTestHub, type TestHub } from '../test-hub.js'
import type { TestTemplate } from '../test-template.js'
import { createWebsites, signUp, type TestValidator } from '../test-validator.js'

/** At a time, so that their ends and beginnings mingle. */
const ABREAST = 50

const subscribe = (query: string) => ({ id: 'a', type: 'subscribe', payload: { query } })
const CHANGES = 'subscription { websiteChanged { __typename } }'
const TASKS = 'subscription { tasks { callbackId } }'

/** From the connection to its end, each broken off at another stage and in another way. */
const waysOf = (hub: TestHub, validator: TestValidator): readonly (() => Promise<void>)[] => [
  async function beforeItsInit() {
    ;(await openRawSocket(hub)).socket.terminate()
  },
  async function whileItsTokenIsLookedUp() {
    const raw = await openRawSocket(hub)
    raw.send({ type: 'connection_init', payload: { authorization: `Bearer ${hub.ownerToken}` } })
    raw.socket.terminate()
  },
  async function afterItsInit() {
    ;(await openReadySocket(hub, hub.ownerToken)).socket.terminate()
  },
  async function asItSubscribes() {
    const raw = await openReadySocket(hub, hub.ownerToken)
    raw.send(subscribe(CHANGES))
    raw.socket.terminate()
  },
  async function amidItsEvents() {
    const raw = await openReadySocket(hub, hub.ownerToken)
    raw.send(subscribe(CHANGES))
    await raw.next()
    raw.socket.terminate()
  },
  async function inGoodOrder() {
    const raw = await openReadySocket(hub, hub.ownerToken)
    raw.send(subscribe(CHANGES))
    await raw.next()
    await raw.close()
  },
  async function asItAsksForTasks() {
    const raw = await openReadySocket(hub, validator.sessionToken)
    raw.send(subscribe(TASKS))
    raw.socket.terminate()
  },
  async function amidARound() {
    const raw = await openReadySocket(hub, validator.sessionToken)
    raw.send(subscribe(TASKS))
    raw.send({ type: 'ping' })
    await raw.next()
    hub.clock.advance(1)
    await hub.startRound(hub.clock.now()).catch(() => null)
    raw.socket.terminate()
  },
  async function asAStreamOverHttp() {
    const stopping = new AbortController()
    const response = await fetch(`${hub.url}/graphql?${new URLSearchParams({ query: CHANGES })}`, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${hub.ownerToken}` },
      signal: stopping.signal,
    })
    await response.body?.getReader().read()
    stopping.abort()
  },
]
/** It writes to the database every time. */
const isDear = (way: () => Promise<void>) => way.name === 'amidARound'

async function countAll(hub: TestHub) {
  const { sessions, bus, store } = hub.parts
  return {
    listeners: bus.listenerCount(),
    sessions: sessions.count(),
    timers: hub.clock.pendingCount(),
    validatorSessions: await store.prisma.validatorSession.count(),
    tokens: await store.prisma.apiToken.count(),
    challenges: await store.prisma.usedChallenge.count(),
  }
}

/** Opens and drops so many connections, and looks at what is left of them. Returns what the hub logged as errors. */
export async function dropConnections(template: TestTemplate, cycles: number): Promise<unknown[]> {
  const hub = await startTestHub(template)
  await createWebsites(hub, 3)
  const ways = waysOf(hub, await signUp(hub))
  const before = await countAll(hub)
  let begun = 0
  let rounds = 0
  const work = async () => {
    while (begun < cycles) {
      const way = ways[begun % ways.length]
      begun += 1
      if (!way || (isDear(way) && (rounds += 1) > ABREAST)) continue
      await way()
    }
  }
  await Promise.all(Array.from({ length: ABREAST }, work))
  // What a round leaves to be done at its deadline is the round's.
  hub.clock.advance(120_000)
  await eventually(async () => expect(await countAll(hub)).toEqual(before))
  // Nor is anybody counted who has gone: there is room for as many from this address as ever.
  const all = await Promise.all(Array.from({ length: 100 }, () => openRawSocket(hub)))
  await expect(openRawSocket(hub)).rejects.toThrow(/429/)
  await Promise.all(all.map((raw) => raw.close()))
  await hub.close()
  return hub.errors
}
