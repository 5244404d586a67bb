import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startAgent } from '../../agent/start-agent.js'
import { systemClock } from '../../clock.js'
import { createKeyPair } from '../../protocol/sign-statement.js'
import type { Settings } from '../../settings.js'
import type { Store } from '../../store/store.js'
import { startTestHub, type TestHub } from '../test-hub.js'
import type { TestTemplate } from '../test-template.js'

/** A hub on its own schedule and the machine's clock, with a validator at work and a site to check. */
export interface WatchedHub {
  hub: TestHub
  /** `/good` answers 200, `/bad` 503. */
  site: string
  close(): Promise<void>
}

interface WatchedOptions {
  settings?: Partial<Settings>
  store?: Store
}

export async function startWatchedHub(
  template: TestTemplate,
  { settings = {}, store }: WatchedOptions = {},
): Promise<WatchedHub> {
  const site = createServer((request, response) => response.writeHead(request.url === '/bad' ? 503 : 200).end('hello'))
  site.listen(0, '127.0.0.1')
  await once(site, 'listening')
  const hub = await startTestHub(template, {
    settings: { roundCron: '*/3 * * * * *', roundSpreadMs: 0, ...settings },
    overrides: { clock: systemClock, followSchedule: true, ...(store && { store }) },
  })
  const agent = startAgent(
    {
      hub: hub.url,
      proxy: null,
      beacons: [],
      concurrency: 10,
      allowPrivateTargets: true,
      targetPorts: 'ANY',
      deniedHosts: [],
      self: { label: 'oak', region: 'eu-north' },
      complaintsUrl: null,
    },
    { clock: systemClock, keys: createKeyPair(), report: () => {} },
  )
  await agent.ready
  return {
    hub,
    site: `http://127.0.0.1:${(site.address() as AddressInfo).port}`,
    async close() {
      await agent.abort()
      await hub.close()
      site.closeAllConnections()
      site.close()
    },
  }
}
