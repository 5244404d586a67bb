import { once } from 'node:events'
import { connect, type LookupFunction } from 'node:net'

import { expect, onTestFinished, test } from 'vitest'

import { startLife } from '../../dial/life.js'
import { freePort, serveRaw } from '../../testing/agent/check/loopback.js'
import { serveSlowly } from '../../testing/agent/link/serve-slowly.js'
import { roadToHub } from './open-hub.js'

/** For documentation: what is sent there is dropped in silence, or refused where there is no route. */
const NOWHERE = '192.0.2.1'

function open(port: number, addresses: readonly string[], timeoutMs = 20_000) {
  const life = startLife(timeoutMs, undefined)
  onTestFinished(() => life.end())
  const road = { hub: `http://far.example:${port}`, proxy: null, userAgent: 'test', resolveHost: async () => addresses }
  return { life, opened: roadToHub(road)(life) }
}

test('a hub that is slower than the patience of Node is reached, beside an address that leads nowhere', async () => {
  const far = await serveSlowly()
  const { opened } = open(far.port, ['127.0.0.1', NOWHERE])
  const addresses = ['127.0.0.1', NOWHERE].map((address) => ({ address, family: 4 }))
  const lookup: LookupFunction = (_host, _options, done) => done(null, addresses)
  const byNode = connect({ host: 'far.example', port: far.port, lookup, autoSelectFamily: true })
  onTestFinished(() => void byNode.destroy())
  byNode.on('error', () => {})
  await once(byNode, 'connectionAttemptTimeout')
  far.release()
  expect((await opened).remoteAddress).toBe('127.0.0.1')
})

test.each([
  [
    'where nobody listens',
    'ECONNREFUSED',
    'Nothing listens at',
    async () => open(await freePort(), ['127.0.0.1']).opened,
  ],
  ['without addresses', 'ENODATA', 'There is no host named far.example', () => open(1, []).opened],
  [
    'that does not answer in time',
    'ETIMEDOUT',
    'does not answer',
    async () => open((await serveSlowly()).port, ['127.0.0.1'], 1).opened,
  ],
] as const)('a hub %s is told by its code', async (_, code, words, reach) => {
  const expected = { kind: 'UNREACHABLE', code, message: expect.stringContaining(words) }
  await expect(reach()).rejects.toMatchObject({ fault: expected })
})

test('the end of the life is the end of the connection', async () => {
  const { port } = await serveRaw(() => {})
  const { life, opened } = open(port, ['127.0.0.1'])
  const socket = await opened
  life.end()
  expect(socket.destroyed).toBe(true)
})
