import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect, inject, test } from 'vitest'

import { createKeyPair } from '../protocol/sign-statement.js'
import { startTestHub } from '../testing/test-hub.js'
import type { AgentEvent } from './agent-event.js'
import { createEagerClock } from '../testing/agent/eager-clock.js'
import { startAgent } from './start-agent.js'

test('the hub takes, credits and shows what the agent found', async () => {
  const site = createServer((_, response) => response.end('well'))
  site.listen(0, '127.0.0.1')
  await once(site, 'listening')
  const siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`
  const clock = createEagerClock()
  const hub = await startTestHub(inject('template'), { clock })
  const { data } = await hub.post<{ createWebsite: { __typename: string } }>(
    'mutation($input: CreateWebsiteInput!) { createWebsite(input: $input) { __typename } }',
    { token: hub.ownerToken, variables: { input: { name: 'A', url: siteUrl } } },
  )
  expect(data?.createWebsite.__typename).toBe('CreateWebsiteSuccess')

  const keys = createKeyPair()
  const self = { label: 'here', region: null }
  let tell: (event: AgentEvent & { event: 'ROUND' }) => void = () => {}
  const rounded = new Promise<AgentEvent & { event: 'ROUND' }>((resolve) => {
    tell = resolve
  })
  const report = (event: AgentEvent) => {
    if (event.event === 'ROUND') tell(event)
  }
  const agent = startAgent(
    {
      hub: hub.url,
      concurrency: 5,
      allowPrivateTargets: true,
      targetPorts: 'ANY',
      deniedHosts: [],
      beacons: [],
      self,
      complaintsUrl: null,
      proxy: null,
    },
    { clock, keys, report },
  )
  await agent.ready
  await hub.startRound(clock.now())
  clock.advance(30_000)

  expect(await rounded).toMatchObject({ websites: 1, good: 1, bad: 0, accepted: 1, unsent: 0, rejected: {} })
  await agent.close()
  await hub.close()
  site.closeAllConnections()
  site.close()
})
