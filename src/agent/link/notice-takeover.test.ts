import { expect, inject, onTestFinished, test } from 'vitest'

import { createKeyPair } from '../../protocol/sign-statement.js'
import { createEagerClock } from '../../testing/agent/eager-clock.js'
import { eventually } from '../../testing/eventually.js'
import { startTestHub } from '../../testing/test-hub.js'
import { createWebsites } from '../../testing/test-validator.js'
import type { AgentEvent } from '../agent-event.js'
import { startAgent } from '../start-agent.js'

const QUIET_MS = 90_000

test('the older of two agents with one key says that another took over, once, and gets the tasks again when that leaves', async () => {
  const clock = createEagerClock()
  const hub = await startTestHub(inject('template'), { clock })
  onTestFinished(() => hub.close())
  await createWebsites(hub, 1)
  const keys = createKeyPair()
  const start = async () => {
    const events: AgentEvent[] = []
    const self = { label: null, region: null }
    const policy = { allowPrivateTargets: true, targetPorts: 'ANY' as const, deniedHosts: [], beacons: [] }
    const settings = { hub: hub.url, proxy: null, concurrency: 5, self, complaintsUrl: null, ...policy }
    const agent = startAgent(settings, { clock, keys, report: (event) => events.push(event) })
    onTestFinished(() => agent.abort())
    await agent.ready
    const told = (name: AgentEvent['event']) => events.filter(({ event }) => event === name)
    return { ...agent, told }
  }
  const playRound = async (agent: Awaited<ReturnType<typeof start>>) => {
    const before = agent.told('ROUND').length
    clock.advance(60_000)
    await hub.startRound(clock.now())
    clock.advance(30_000)
    await eventually(() => expect(agent.told('ROUND')).toHaveLength(before + 1))
  }

  const first = await start()
  await playRound(first)
  clock.advance(1_000)
  const second = await start()
  const since = hub.parts.sessions.list()[0]?.startedAt.toISOString()
  await playRound(second)
  clock.advance(QUIET_MS)
  await eventually(() => expect(first.told('TAKEN_OVER')).toEqual([{ event: 'TAKEN_OVER', since }]))
  await playRound(second)
  clock.advance(QUIET_MS)
  await playRound(second)
  expect(first.told('ROUND')).toHaveLength(1)
  expect(second.told('TAKEN_OVER')).toEqual([])

  await second.close()
  await eventually(() => expect(hub.parts.sessions.count()).toBe(1))
  await playRound(first)
  clock.advance(1_000)
  const third = await start()
  await playRound(third)
  clock.advance(QUIET_MS)
  await eventually(() => expect(first.told('TAKEN_OVER')).toHaveLength(2))
})
