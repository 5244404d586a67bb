import { describe, expect, inject, it } from 'vitest'
import { openRawSocket, openReadySocket } from '../testing/raw-socket.js'
import { gated, keptOpen } from '../testing/store-wrappers.js'
import { startTestHub } from '../testing/test-hub.js'
import { joinHub, playOneTask } from '../testing/test-round.js'
import { openTestStore } from '../testing/test-store.js'
import { createWebsites, signUp, submitBatch, submitOne } from '../testing/test-validator.js'
import { eventually } from '../testing/eventually.js'

const storesTicks = (text: string) => text.includes('INSERT INTO "WebsiteTick"')

const subscribe = (query: string) => ({ id: 'a', type: 'subscribe', payload: { query } })

describe('close', () => {
  it('leaves no listener, no timer and no socket', async () => {
    const hub = await startTestHub(inject('template'), { overrides: { followSchedule: true } })
    await createWebsites(hub, 2)
    const { sessionToken } = await signUp(hub)
    const tasks = await openReadySocket(hub, sessionToken)
    tasks.send(subscribe('subscription { tasks { callbackId } }'))
    const changes = await openReadySocket(hub, hub.ownerToken)
    changes.send(subscribe('subscription { websiteChanged { __typename } }'))
    expect(await changes.next()).toMatchObject({ type: 'next' })
    const silent = await openRawSocket(hub)
    const deaf = await openReadySocket(hub)
    deaf.socket.pause()
    const stream = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${hub.ownerToken}`,
      },
      body: JSON.stringify({ query: 'subscription { websiteChanged { __typename } }' }),
    })
    expect(hub.parts.bus.listenerCount()).toBeGreaterThan(0)
    expect(hub.clock.pendingCount()).toBeGreaterThan(0)

    await hub.close()
    expect(hub.parts.bus.listenerCount()).toBe(0)
    expect(hub.clock.pendingCount()).toBe(0)
    expect(hub.parts.sessions.count()).toBe(0)
    for (const raw of [tasks, changes, silent]) expect(await raw.closed).toMatchObject({ code: 1012 })
    deaf.socket.resume()
    await deaf.closed
    // Cut off or ended: either way it is over.
    await stream.text().catch(() => undefined)
    await expect(fetch(hub.url)).rejects.toThrow('fetch failed')
    await expect(openRawSocket(hub)).rejects.toThrow('ECONNREFUSED')
    expect(hub.errors).toEqual([])
  })

  it.each(['submitTick', 'submitTicks'])(
    'waits for what %s is taking in, stores it and tells its sender',
    async (way) => {
      const kept = await openTestStore(inject('template'))
      const store = gated(keptOpen(kept), storesTicks)
      const hub = await startTestHub(inject('template'), { overrides: { store } })
      await createWebsites(hub, 1)
      const member = await joinHub(hub)
      const [task] = await playOneTask(hub, member)
      if (!task) throw new Error('no task')
      store.shut()
      const answer = way === 'submitTick' ? submitOne(hub, member, task) : submitBatch(hub, member, [{ task }])
      await eventually(() => expect(store.waitingCount()).toBe(1))
      const closed = hub.close()
      // The sockets go at once; the answer still waits at the database's gate.
      await member.socket.closed
      expect(await kept.prisma.websiteTick.count()).toBe(0)
      store.open()
      await closed
      expect((await answer).__typename).toMatch(/Success$/)
      expect(await kept.prisma.websiteTick.count()).toBe(1)
      expect(hub.errors).toEqual([])
      await kept.close()
    },
  )

  it('can be called twice, and both times resolves when all is closed', async () => {
    const hub = await startTestHub(inject('template'))
    await Promise.all([hub.close(), hub.close()])
    expect(hub.parts.bus.listenerCount()).toBe(0)
    await expect(fetch(hub.url)).rejects.toThrow('fetch failed')
  })
})

describe('a round', () => {
  it('is told to have ended when the answers that came in time are stored', async () => {
    const store = gated(await openTestStore(inject('template')), storesTicks)
    const hub = await startTestHub(inject('template'), { overrides: { store } })
    await createWebsites(hub, 1)
    const member = await joinHub(hub)
    const [task] = await playOneTask(hub, member)
    if (!task) throw new Error('no task')
    let ended = false
    let tellEnd: () => void = () => undefined
    const end = new Promise<void>((resolve) => {
      tellEnd = resolve
    })
    const forget = hub.parts.bus.subscribe('roundEnded', () => {
      ended = true
      tellEnd()
    })
    store.shut()
    const answer = submitOne(hub, member, task)
    await eventually(() => expect(store.waitingCount()).toBe(1))
    hub.clock.moveTo(Date.parse(task.deadlineAt) + 1)
    // Whatever ends the round without waiting for the answer is done by now.
    await hub.post('{ __typename }')
    expect(ended).toBe(false)
    store.open()
    expect(await answer).toMatchObject({ __typename: 'SubmitTickSuccess' })
    await end
    forget()
    await hub.close()
  })
})
