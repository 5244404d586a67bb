import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { useWorld } from '../testing/agent/world.js'
import { readBeacons } from './vantage/read-beacons.js'

const world = useWorld()

/** A port of this machine that nothing listens on any more. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test.each([
  ['no beacon ever answered', '127.0.0.1:1'],
  ['beacons are turned off', 'none'],
])('where %s, the only website of a network of its own is Bad in its first round', async (_why, written) => {
  const beacons = readBeacons(written.split(','))
  const agent = world.start({ beacons: beacons ?? [] })
  await world.hub.next('TASKS')
  world.hub.sendTasks([world.task('a', `http://127.0.0.1:${await closedPort()}/`)])

  const { input } = await world.hub.next('SUBMIT')
  expect(input.ticks).toMatchObject([{ status: 'Bad', failure: 'CONNECT', detail: 'ECONNREFUSED' }])
  expect(await agent.next('ROUND')).toMatchObject({ websites: 1, bad: 1, unanswered: {} })
})
