import { afterEach, describe, expect, inject, it } from 'vitest'

import { eventually } from '../../testing/eventually.js'
import { createManualClock } from '../../testing/manual-clock.js'
import { startTestHub, type TestHub } from '../../testing/test-hub.js'
import { MINUTE_MS } from '../../time.js'
import type { AgentEvent } from '../agent-event.js'
import { followHubDenyList } from './hub-deny-list.js'
import { roadToHub } from './open-hub.js'
import { startScriptedHub } from '../../testing/agent/scripted.js'

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

function follow(hub: string) {
  const clock = createManualClock()
  const events: AgentEvent[] = []
  const leaving = new AbortController()
  const road = { hub, proxy: null, userAgent: 'test' }
  const call = { ...road, open: roadToHub(road), signal: leaving.signal }
  const list = followHubDenyList(call, { clock, report: (event) => events.push(event) })
  closers.push(() => {
    list.rest()
    leaving.abort()
  })
  return { list, clock, events }
}

const deny = (hub: TestHub, host: string) =>
  hub.post('mutation ($host: String!) { denyHost(input: { host: $host, reason: "asked for it" }) { __typename } }', {
    token: hub.operatorToken,
    variables: { host },
  })
const sorted = (hosts: ReadonlySet<string>) => [...hosts].sort()

describe("the hub's deny-list", () => {
  it('is heard at once, heard anew every few minutes, and kept when the hub cannot be asked', async () => {
    const hub = await startTestHub(inject('template'))
    await deny(hub, 'Denied.Example.')
    const { list, clock, events } = follow(hub.url)
    expect(list.hosts().size).toBe(0)
    list.follow()
    await eventually(() => expect(sorted(list.hosts())).toEqual(['denied.example']))
    await deny(hub, '203.0.113.7')
    clock.advance(5 * MINUTE_MS)
    await eventually(() => expect(sorted(list.hosts())).toEqual(['203.0.113.7', 'denied.example']))
    await hub.close()
    clock.advance(5 * MINUTE_MS)
    list.rest()
    expect(sorted(list.hosts())).toEqual(['203.0.113.7', 'denied.example'])
    expect(events).toEqual([])
  })

  it('of a hub that has none is empty, and that is told once', async () => {
    const clock = createManualClock()
    const hub = await startScriptedHub(() => clock.now())
    closers.push(() => hub.close())
    const { list, clock: own, events } = follow(hub.url)
    let asked = 0
    hub.script.http = () => {
      asked += 1
      return false
    }
    list.follow()
    await eventually(() => expect(events).toEqual([{ event: 'NO_DENY_LIST', hub: hub.url }]))
    own.advance(5 * MINUTE_MS)
    await eventually(() => expect(asked).toBe(2))
    list.follow()
    await eventually(() => expect(asked).toBe(3))
    expect(events).toHaveLength(1)
    expect(list.hosts().size).toBe(0)
  })

  it('takes nothing from it that is no host', async () => {
    const clock = createManualClock()
    const hub = await startScriptedHub(() => clock.now())
    closers.push(() => hub.close())
    const { list } = follow(hub.url)
    hub.script.http = (_request, response) => {
      const hosts = ['good.example', 7, null, '', 'https://x/', '::1']
      const deniedHosts = [...hosts.map((host) => ({ host })), 'text', null, {}]
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: { deniedHosts } }))
      return true
    }
    list.follow()
    await eventually(() => expect(sorted(list.hosts())).toEqual(['::1', 'good.example']))
    hub.script.http = (_request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: { deniedHosts: 'all' } }))
      return true
    }
    list.follow()
    await eventually(() => expect(list.hosts().size).toBe(0))
  })

  it('is asked for no more while there is no connection', async () => {
    const hub = await startTestHub(inject('template'))
    closers.push(() => hub.close())
    const { list, clock } = follow(hub.url)
    list.follow()
    list.rest()
    expect(clock.pendingCount()).toBe(0)
  })
})
