import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openReadySocket, openRawSocket, type RawSocket } from '../testing/raw-socket.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { banValidator, joinHub, playRound } from '../testing/test-round.js'
import { createWebsites, openTaskSocket, signUp, submitBatch, type WireTask } from '../testing/test-validator.js'
import { eventually } from '../testing/eventually.js'

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
  await createWebsites(hub, 3)
})
afterAll(() => hub.close())

const TASKS = 'subscription { tasks { callbackId websiteId } }'
const subscribe = (id = 'tasks') => ({ id, type: 'subscribe', payload: { query: TASKS } })
const connected = (count: number) => eventually(() => expect(hub.parts.sessions.count()).toBe(count))

/** The callback IDs of the `next` message that comes now. */
async function tasksOf(raw: RawSocket): Promise<string[]> {
  const { type, payload } = await raw.next()
  if (type !== 'next') throw new Error(`expected next, not ${type}`)
  return (payload as { data: { tasks: WireTask[] } }).data.tasks.map(({ callbackId }) => callbackId)
}

/** Proves that no message waits: what is sent now is answered first. */
async function isSilent(raw: RawSocket): Promise<boolean> {
  raw.send({ type: 'ping' })
  return (await raw.next()).type === 'pong'
}

async function startRound(): Promise<void> {
  hub.clock.advance(60_000)
  await hub.startRound(hub.clock.now())
}

describe('tasks of one key on several sockets', () => {
  it('come once, on the newest, and on an older one when that has closed', async () => {
    const { sessionToken } = await signUp(hub)
    const [first, second, third] = [
      await openReadySocket(hub, sessionToken),
      await openReadySocket(hub, sessionToken),
      await openReadySocket(hub, sessionToken),
    ]
    for (const [index, raw] of [first, second, third].entries()) {
      raw.send(subscribe())
      await connected(index + 1)
    }
    await startRound()
    expect(new Set(await tasksOf(third)).size).toBe(3)
    expect([await isSilent(first), await isSilent(second)]).toEqual([true, true])

    await second.close()
    await connected(2)
    await startRound()
    expect(new Set(await tasksOf(third)).size).toBe(3)
    await third.close()
    await connected(1)
    await startRound()
    expect(new Set(await tasksOf(first)).size).toBe(3)

    // Two subscriptions on one socket are two sessions as well.
    first.send(subscribe('again'))
    await connected(2)
    await startRound()
    expect(await first.next()).toMatchObject({ id: 'again', type: 'next' })
    expect(await isSilent(first)).toBe(true)
    first.send({ id: 'again', type: 'complete' })
    await connected(1)
    await startRound()
    expect(await first.next()).toMatchObject({ id: 'tasks', type: 'next' })
    await first.close()
    await connected(0)
  })

  it('are one session in the roster', async () => {
    const { sessionToken } = await signUp(hub)
    const sockets = [await openTaskSocket(hub, sessionToken), await openTaskSocket(hub, sessionToken)]
    await startRound()
    const roster = await hub.parts.store.prisma.roundRoster.findFirstOrThrow({ orderBy: { roundAt: 'desc' } })
    expect(roster.validatorNos).toHaveLength(1)
    for (const socket of sockets) await socket.close()
    await connected(0)
  })
})

describe('a socket that closes', () => {
  it('without having signed up touches nobody', async () => {
    const member = await joinHub(hub)
    const strangers = [
      await openRawSocket(hub),
      await openReadySocket(hub),
      await openReadySocket(hub, hub.ownerToken),
      await openReadySocket(hub, hub.operatorToken),
      await openReadySocket(hub, member.sessionToken),
    ]
    for (const stranger of strangers) await stranger.close()
    for (const stranger of [await openReadySocket(hub), await openReadySocket(hub)]) {
      stranger.send(subscribe())
      stranger.socket.terminate()
      await stranger.closed
    }
    await connected(1)
    const [tasks] = await playRound(hub, member)
    expect(tasks).toHaveLength(3)
    expect(
      await submitBatch(
        hub,
        member,
        (tasks ?? []).map((task) => ({ task })),
      ),
    ).toMatchObject({ acceptedCount: 3 })
    await member.socket.close()
    await connected(0)
  })

  it('while it subscribes leaves no session behind', async () => {
    const { sessionToken } = await signUp(hub)
    const raws = await Promise.all(Array.from({ length: 10 }, () => openReadySocket(hub, sessionToken)))
    for (const raw of raws) {
      raw.send(subscribe())
      raw.socket.terminate()
    }
    await Promise.all(raws.map((raw) => raw.closed))
    await connected(0)
    const marker = await openTaskSocket(hub, sessionToken)
    expect(hub.parts.sessions.count()).toBe(1)
    await marker.close()
    await connected(0)
  })
})

describe('a session', () => {
  it('outlives its token on a live socket, and no new socket opens with it', async () => {
    const member = await joinHub(hub)
    hub.clock.advance(25 * 3_600_000)
    const late = await openRawSocket(hub)
    late.send({ type: 'connection_init', payload: { authorization: `Bearer ${member.sessionToken}` } })
    expect(await late.closed).toMatchObject({ code: 4403, reason: expect.stringContaining('expired') as string })
    const [tasks = []] = await playRound(hub, member)
    expect(
      await submitBatch(
        hub,
        member,
        tasks.map((task) => ({ task })),
      ),
    ).toMatchObject({ acceptedCount: 3 })
    await member.socket.close()
    await connected(0)
  })

  it('is shown to operators as the hub sees it', async () => {
    const member = await joinHub(hub)
    const { data } = await hub.post(
      `{ sessions { totalCount edges { node { validator { id } startedAt address network agentVersion } } } }`,
      {
        token: hub.operatorToken,
      },
    )
    expect(data).toEqual({
      sessions: {
        totalCount: 1,
        edges: [
          {
            node: {
              validator: { id: member.id },
              startedAt: new Date(hub.clock.now()).toISOString(),
              address: '127.0.0.1',
              network: `key:${member.keys.publicKey}`,
              agentVersion: null,
            },
          },
        ],
      },
    })
    await member.socket.close()
    await connected(0)
  })

  it("ends with 4403 on all of a key's sockets when it is banned, and on nobody else's", async () => {
    const [banned, other] = [await joinHub(hub), await joinHub(hub)]
    const second = await openReadySocket(hub, banned.sessionToken)
    second.send(subscribe())
    await connected(3)
    await banValidator(hub, banned)
    expect(await banned.socket.closed).toBe(4403)
    // Its own end of the subscription comes before the close.
    expect(await second.closed).toEqual({ code: 4403, reason: expect.stringContaining('banned') as string })
    await connected(1)
    const again = await openRawSocket(hub)
    again.send({ type: 'connection_init', payload: { authorization: `Bearer ${banned.sessionToken}` } })
    expect(await again.closed).toMatchObject({ code: 4403 })
    expect(await playRound(hub, other)).toMatchObject([{ length: 3 }])
    await other.socket.close()
    await connected(0)
  })

  it('ends with 4403 on a socket that only idles', async () => {
    const validator = await signUp(hub)
    const idle = await openReadySocket(hub, validator.sessionToken)
    await banValidator(hub, validator)
    expect(await idle.closed).toMatchObject({ code: 4403 })
  })

  it('is refused on a socket that a ban on another hub has not reached yet', async () => {
    const validator = await signUp(hub)
    const idle = await openReadySocket(hub, validator.sessionToken)
    const { prisma } = hub.parts.store
    await prisma.validator.update({ where: { id: validator.id }, data: { bannedAt: new Date(hub.clock.now()) } })
    idle.send(subscribe())
    expect(JSON.stringify(await idle.next())).toContain('"code":"UNAUTHENTICATED"')
    expect(hub.parts.sessions.count()).toBe(0)
    await idle.close()
  })
})

describe('tasks over HTTP', () => {
  const open = async (token: string) => {
    const ended = new AbortController()
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: TASKS }),
      signal: ended.signal,
    })
    if (!response.body) throw new Error('no body')
    return { reader: response.body.pipeThrough(new TextDecoderStream()).getReader(), ended }
  }
  const until = async (reader: ReadableStreamDefaultReader<string>, word: string) => {
    let text = ''
    while (!text.includes(word)) {
      const { done, value } = await reader.read()
      if (done) break
      text += value
    }
    return text
  }

  it('come as server-sent events, and a session ends with its request', async () => {
    const { sessionToken } = await signUp(hub)
    const { reader, ended } = await open(sessionToken)
    await connected(1)
    await startRound()
    const text = await until(reader, '}]}}')
    const tasks = (JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '{}') as { data: { tasks: WireTask[] } }).data.tasks
    expect(new Set(tasks.map(({ callbackId }) => callbackId)).size).toBe(3)
    ended.abort()
    await connected(0)
  })

  it('end with a ban', async () => {
    const validator = await signUp(hub)
    const { reader } = await open(validator.sessionToken)
    await connected(1)
    await banValidator(hub, validator)
    await until(reader, 'never said')
    expect(hub.parts.sessions.count()).toBe(0)
  })

  it('are UNAUTHENTICATED for an owner', async () => {
    const { reader } = await open(hub.ownerToken)
    expect(await until(reader, 'UNAUTHENTICATED')).toContain('UNAUTHENTICATED')
    await reader.cancel()
    expect(hub.parts.sessions.count()).toBe(0)
  })
})

it('left no error in the log', () => {
  expect(hub.errors).toEqual([])
})
