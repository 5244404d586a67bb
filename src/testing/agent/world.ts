import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, beforeEach } from 'vitest'

import { DEFAULT_CHECK } from '../../protocol/check.js'
import { createKeyPair } from '../../protocol/sign-statement.js'
import { formatInstant } from '../../protocol/text-forms.js'
import type { ManualClock } from '../manual-clock.js'
import type { AgentEvent } from '../../agent/agent-event.js'
import type { AgentSettings } from '../../agent/agent-settings.js'
import { createEagerClock } from './eager-clock.js'
import type { HubTask } from '../../agent/link/open-hub-socket.js'
import { startScriptedHub } from './scripted.js'
import type { HubScript, ScriptedHub, ScriptedHubOptions, Submitted } from './scripted.js'
import { startAgent } from '../../agent/start-agent.js'
import type { Agent, AgentParts } from '../../agent/start-agent.js'

export interface TestAgent extends Agent {
  events: AgentEvent[]
  /** The next event of a name that the test has not taken yet. */
  next<Name extends AgentEvent['event']>(name: Name): Promise<Extract<AgentEvent, { event: Name }>>
}

/** A hub that does as told, real agents and real websites, made for each test and gone after it. */
export function useWorld() {
  const keys = createKeyPair()
  const cleanups: (() => Promise<unknown>)[] = []
  let clock: ManualClock
  let hub: ScriptedHub

  beforeEach(async () => {
    clock = createEagerClock()
    hub = await startScriptedHub(() => clock.now())
  })
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
    await hub.close()
  })

  const world = {
    keys,
    get clock() {
      return clock
    },
    get hub() {
      return hub
    },
    /** Another hub takes the place of the one that has been closed. */
    async replaceHub(now: () => number, port = 0, options: ScriptedHubOptions = {}) {
      hub = await startScriptedHub(now, port, options)
    },
    start(
      changes: Partial<AgentSettings> = {},
      parts: Pick<AgentParts, 'patience' | 'link' | 'stalls'> = {},
    ): TestAgent {
      const recorded = recordReports()
      const settings = { ...settingsFor(hub), ...changes }
      const agent = startAgent(settings, { ...parts, clock, keys, report: recorded.report, random: () => 0.1 })
      cleanups.push(() => agent.abort())
      return { ...agent, events: recorded.events, next: (name) => recorded.next(name) }
    },
    /** An agent with one answer for a hub that does with it as told. */
    async answerOne(submit: HubScript['submit'] | Submitted): Promise<TestAgent> {
      const site = await world.startSite()
      hub.script.submit = typeof submit === 'function' ? submit : () => submit
      const agent = world.start()
      await hub.next('TASKS')
      hub.sendTasks([world.task('a', site.url)])
      return agent
    },
    withToken(sessionToken: string): HubScript['signup'] {
      const { signup } = hub.script
      return (input) => ({ ...signup(input), sessionToken })
    },
    task(name: string, url: string, roundAt = clock.now()): HubTask {
      return {
        callbackId: `callback-${name}`,
        websiteId: `website-${name}`,
        url,
        roundAt: formatInstant(roundAt),
        startAfterMs: 1000,
        deadlineAt: formatInstant(roundAt + 45_000),
        check: DEFAULT_CHECK,
      }
    },
    async startSite(manner: 'PROMPT' | 'HELD' = 'PROMPT') {
      const site = await startSite(manner)
      cleanups.push(() => site.close())
      return site
    },
  }
  return world
}

function settingsFor(hub: ScriptedHub): AgentSettings {
  const self = { label: null, region: null }
  return {
    hub: hub.url,
    concurrency: 50,
    allowPrivateTargets: true,
    targetPorts: 'ANY',
    deniedHosts: [],
    beacons: [],
    self,
    complaintsUrl: null,
    proxy: null,
  }
}

function recordReports() {
  const events: AgentEvent[] = []
  const taken = new Set<AgentEvent>()
  const listeners: (() => void)[] = []
  return {
    events,
    report(event: AgentEvent) {
      events.push(event)
      for (const listener of listeners.splice(0)) listener()
    },
    async next<Name extends AgentEvent['event']>(name: Name): Promise<Extract<AgentEvent, { event: Name }>> {
      for (;;) {
        const found = events.find((event) => event.event === name && !taken.has(event))
        if (found !== undefined) {
          taken.add(found)
          return found as Extract<AgentEvent, { event: Name }>
        }
        await new Promise<void>((resolve) => listeners.push(resolve))
      }
    },
  }
}

/** A website that is well but for `/missing`; a held one answers when it is released. */
async function startSite(manner: 'PROMPT' | 'HELD') {
  let release = () => {}
  const released = manner === 'PROMPT' ? Promise.resolve() : new Promise<void>((resolve) => (release = resolve))
  const server = createServer((request, response) => {
    void released.then(() => response.writeHead(request.url === '/missing' ? 404 : 200).end('well'))
  })
  const asked = once(server, 'request')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    release: () => release(),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
