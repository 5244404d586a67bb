import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../clock.js'

/** The moody site is out of order in one round of this many. */
const MOODY_PERIOD_ROUNDS = 4

export interface SampleSite {
  name: string
  url: string
}

export interface SampleSites {
  list: readonly SampleSite[]
  close(): Promise<void>
}

interface Behaviour {
  name: string
  status(roundNo: number): number
  waitMs(): number
}

const BEHAVIOURS: readonly Behaviour[] = [
  { name: 'steady shop', status: () => 200, waitMs: () => between(10, 40) },
  { name: 'slow archive', status: () => 200, waitMs: () => between(600, 1_000) },
  {
    name: 'moody forum',
    status: (roundNo) => (roundNo % MOODY_PERIOD_ROUNDS === 0 ? 503 : 200),
    waitMs: () => between(10, 40),
  },
]

/** On loopback: a steady one, a slow one, and one that fails now and then. */
export async function openSampleSites(clock: Clock, roundMs: number): Promise<SampleSites> {
  const sites = await Promise.all(BEHAVIOURS.map((behaviour) => openSite(behaviour, clock, roundMs)))
  return {
    list: sites.map(({ name, url }) => ({ name, url })),
    close: async () => {
      await Promise.all(sites.map((site) => site.close()))
    },
  }
}

async function openSite({ name, status, waitMs }: Behaviour, clock: Clock, roundMs: number) {
  const server = createServer((_request, response) => {
    const now = clock.now()
    const cancel = clock.at(now + waitMs(), () =>
      response.writeHead(status(Math.floor(now / roundMs)), { 'content-type': 'text/plain' }).end(`This is ${name}.\n`),
    )
    response.once('close', cancel)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    name,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function between(least: number, greatest: number): number {
  return least + Math.random() * (greatest - least)
}
