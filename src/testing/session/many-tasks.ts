import { expect } from 'vitest'
import { eventually } from '../eventually.js'
import { insertWebsites } from '../insert-websites.js'
import { openReadySocket, type RawSocket } from '../raw-socket.js'
import { startTestHub, type TestHub } from '../test-hub.js'
import { joinHub } from '../test-round.js'
import type { TestTemplate } from '../test-template.js'
import { signUp, type WireTask } from '../test-validator.js'

export const WEBSITES = 10_000
export const TASKS = 'subscription { tasks { callbackId websiteId url roundAt check { headers { name value } } } }'

/** A hub with very many websites and one honest validator. */
export interface ManyTasks {
  hub: TestHub
  /** Waits until so many validators are connected. */
  connected(count: number): Promise<void>
  /** A validator that subscribes and from then on reads nothing. */
  openDeaf(): Promise<RawSocket>
  /** Everything that the honest one gets of the round that begins now, event by event. */
  playWholeRound(): Promise<WireTask[][]>
}

export async function startManyTasks(template: TestTemplate): Promise<ManyTasks> {
  // Far enough apart that a busy machine's honest peers are never taken for dead.
  const hub = await startTestHub(template, { overrides: { pingIntervalMs: 2_000 } })
  await insertWebsites(hub.parts.store, WEBSITES)
  const member = await joinHub(hub)
  const connected = (count: number) => eventually(() => expect(hub.parts.sessions.count()).toBe(count))
  return {
    hub,
    connected,
    async openDeaf() {
      const raw = await openReadySocket(hub, (await signUp(hub)).sessionToken)
      const before = hub.parts.sessions.count()
      raw.send({ id: 'tasks', type: 'subscribe', payload: { query: TASKS } })
      await connected(before + 1)
      raw.socket.pause()
      return raw
    },
    async playWholeRound() {
      hub.clock.advance(60_000)
      await hub.startRound(hub.clock.now())
      const events: WireTask[][] = []
      while (events.reduce((sum, tasks) => sum + tasks.length, 0) < WEBSITES) events.push(await member.socket.next())
      return events
    },
  }
}
