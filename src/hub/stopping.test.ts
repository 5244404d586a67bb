import { Agent, request } from 'node:http'
import { describe, expect, inject, it } from 'vitest'
import { eventually } from '../testing/eventually.js'
import { openRawSocket, openReadySocket } from '../testing/raw-socket.js'
import { gated, keptOpen } from '../testing/store-wrappers.js'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { balanceOf, joinHub, playOneTask } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import { createWebsites, submitOne } from '../testing/test-validator.js'
import { StopFault } from './stop-order.js'

const template = inject('template')
const ofTicks = (text: string) => text.includes('INSERT INTO "WebsiteTick"')
const ofRosters = (text: string) => text.includes('INSERT INTO "RoundRoster"')

/** The database makes ticks and rosters wait at gates of their own. */
async function startGated(stopMs?: number) {
  const kept = await openTestStore(template)
  const ticks = gated(keptOpen(kept), ofTicks)
  const rosters = gated(ticks, ofRosters)
  const events: string[] = []
  const store = { ...rosters, close: async () => void events.push('database closed') }
  const hub = await startTestHub(template, { overrides: { store, ...(stopMs !== undefined && { stopMs }) } })
  await createWebsites(hub, 1)
  const member = await joinHub(hub)
  const [task] = await playOneTask(hub, member)
  if (!task) throw new Error('no task')
  return { kept, ticks, rosters, events, hub, member, task }
}

const readiness = async (hub: TestHub) => {
  const response = await fetch(`${hub.url}/readyz`)
  return { status: response.status, ...((await response.json()) as { running: string }) }
}

describe('a hub that stops', () => {
  it('is not ready, begins no round, tells its sockets, commits what it took, and only then lets go', async () => {
    const { kept, ticks, rosters, events, hub, member, task } = await startGated()
    const owner = await openReadySocket(hub, hub.ownerToken)
    ticks.shut()
    rosters.shut()
    const answer = submitOne(hub, member, task)
    await eventually(() => expect(ticks.waitingCount()).toBe(1))
    hub.clock.advance(1_000)
    const begun = hub.startRound(hub.clock.now())
    await eventually(() => expect(rosters.waitingCount()).toBe(1))
    expect(await readiness(hub)).toMatchObject({ status: 200, running: 'ok' })

    void member.socket.closed.then((code) => events.push(`socket told ${code}`))
    const closed = hub.close().then(() => events.push('closed'))
    // Other machines see it while everybody is still served.
    expect(await readiness(hub)).toMatchObject({ status: 503, running: 'failing' })
    expect((await hub.post('{ __typename }')).data).toEqual({ __typename: 'Query' })
    expect(owner.socket.readyState).toBe(owner.socket.OPEN)
    const refused = await hub.post('mutation { startRound { __typename } }', { token: hub.operatorToken })
    expect(refused).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] })
    expect(events).toEqual([])

    rosters.open()
    expect(await begun).toMatchObject({ validatorCount: 1 })
    expect(await owner.closed).toEqual({ code: 1012, reason: 'The hub is stopping: try again soon.' })
    expect(await member.socket.closed).toBe(1012)
    await eventually(() => expect(fetch(`${hub.url}/readyz`)).rejects.toThrow('fetch failed'))
    expect(events).toEqual(['socket told 1012'])
    expect(await kept.prisma.websiteTick.count()).toBe(0)

    ticks.open()
    expect(await answer).toMatchObject({ __typename: 'SubmitTickSuccess' })
    await closed
    expect(events).toEqual(['socket told 1012', 'database closed', 'closed'])
    expect(await kept.prisma.websiteTick.count()).toBe(1)
    expect(await kept.prisma.round.count()).toBe(2)
    expect(hub.errors).toEqual([])
    await kept.close()
  })

  it('commits an answer that came over a socket; who was not told sends it again and is paid once', async () => {
    const { kept, ticks, hub, member, task } = await startGated()
    ticks.shut()
    const answer = submitOne(hub, member, task).catch(() => 'CUT_OFF')
    await eventually(() => expect(ticks.waitingCount()).toBe(1))
    const closed = hub.close()
    await member.socket.closed
    ticks.open()
    await closed
    await answer
    const again = await startTestHub(template, {
      clock: hub.clock,
      settings: { port: hub.parts.settings.port, origins: [hub.url] },
      overrides: { store: kept },
    })
    expect(await submitOne(again, member, task)).toMatchObject({ __typename: 'SubmitTickSuccess' })
    expect(await balanceOf(again, member)).toBe(again.parts.settings.tickRewardLamports)
    await again.close()
  })

  it('keeps no connection for a further request, and lets in no socket', async () => {
    const hub = await startTestHub(template)
    const agent = new Agent({ keepAlive: true })
    // Its body is incomplete, so it is still running when the hub stops.
    const sent = request(`${hub.url}/graphql`, {
      agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': 26 },
    })
    sent.write('{"query":"{ __typ')
    const answered = new Promise<{ connection: string | undefined; status: number | undefined }>((resolve, reject) => {
      sent.on('response', (response) => {
        response.resume()
        resolve({ connection: response.headers.connection, status: response.statusCode })
      })
      sent.on('error', reject)
    })
    const deaf = await openReadySocket(hub)
    const healthy = await openReadySocket(hub)
    await hub.post('{ __typename }')
    deaf.socket.pause()
    const closed = hub.close()
    // Now its sockets have been told, and it waits for the one that does not listen.
    await healthy.closed
    await expect(openRawSocket(hub)).rejects.toThrow(/503/)
    deaf.socket.resume()
    await deaf.closed
    await eventually(() => expect(fetch(hub.url)).rejects.toThrow('fetch failed'))
    sent.end('ename }"}')
    expect(await answered).toEqual({ connection: 'close', status: 200 })
    await closed
    agent.destroy()
  })

  it('ends the streams of events, and nobody listens any more', async () => {
    const hub = await startTestHub(template)
    const stream = await fetch(
      `${hub.url}/graphql?query=${encodeURIComponent('subscription { websiteChanged { __typename } }')}`,
      {
        headers: { accept: 'text/event-stream', authorization: `Bearer ${hub.ownerToken}` },
      },
    )
    await eventually(() => expect(hub.parts.bus.listenerCount()).toBeGreaterThan(0))
    await hub.close()
    await stream.text().catch(() => undefined)
    expect(hub.parts.bus.listenerCount()).toBe(0)
    expect(hub.clock.pendingCount()).toBe(0)
  })

  it('ends within its time though the database hangs: sockets are told, nothing is acknowledged that is not stored', async () => {
    const { kept, ticks, events, hub, member, task } = await startGated(400)
    ticks.shut()
    const answer = submitOne(hub, member, task).catch(() => 'CUT_OFF')
    await eventually(() => expect(ticks.waitingCount()).toBe(1))
    const fault = await hub.close().catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(StopFault)
    expect(fault).toMatchObject({ late: expect.arrayContaining(['ANSWERS']) })
    expect(await member.socket.closed).toBe(1012)
    expect(events).toEqual(['database closed'])
    expect(await answer).toBe('CUT_OFF')
    expect(await kept.prisma.websiteTick.count()).toBe(0)
    // Lets the test end.
    ticks.open()
    await eventually(async () => expect(await kept.prisma.websiteTick.count()).toBe(1))
    await kept.close()
  })
})
