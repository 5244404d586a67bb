import type { Socket } from 'node:net'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { startLife } from './check-life.js'
import type { CheckLife } from './check-life.js'
import { connectFirst } from './connect-first.js'
import { freePort, serveRaw } from '../../testing/agent/check/loopback.js'
import { measure, OPEN_POLICY, verdictOf } from '../../testing/agent/check/measure.js'
import { interleaveFamilies } from './interleave-families.js'

describe('connectFirst', () => {
  let life: CheckLife
  beforeEach(() => {
    life = startLife(10_000, undefined)
  })
  afterEach(() => life.end())

  test('goes on to the next address as soon as one refuses', async () => {
    const { port } = await serveRaw(() => {})
    // Nothing listens on ::1, if there is IPv6 at all: the server is bound to 127.0.0.1.
    const connected = await connectFirst(['::1', '127.0.0.1'], port, life)
    expect(connected).toMatchObject({ kind: 'connected', socket: { remoteAddress: '127.0.0.1' } })
  })

  test('fails when all have refused', async () => {
    const outcome = await connectFirst(['127.0.0.1', '127.0.0.1'], await freePort(), life)
    expect(outcome).toEqual({ kind: 'failed', failure: 'CONNECT', detail: 'ECONNREFUSED' })
  })

  test('leaves an attempt running beside the next, and destroys the one that lost', async () => {
    let accepted = 0
    const { port } = await serveRaw(() => (accepted += 1))
    // 192.0.2.1 is for documentation: the attempt is dropped in silence, or refused where there is no route.
    const connected = await connectFirst(['192.0.2.1', '127.0.0.1'], port, life)
    expect(connected).toMatchObject({ kind: 'connected', socket: { remoteAddress: '127.0.0.1' } })
    expect(accepted).toBe(1)
  })

  test('holds nothing open when the life has ended', async () => {
    const { port } = await serveRaw(() => {})
    const connected = await connectFirst(['127.0.0.1'], port, life)
    const { socket } = connected as { socket: Socket }
    life.end()
    expect(socket.destroyed).toBe(true)
  })
})

test('a check goes to any address its policy permits, and to no other', async () => {
  const { port } = await serveRaw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'))
  const policy = { ...OPEN_POLICY, deniedHosts: ['127.0.0.2'] }
  const resolveHost = async () => ['127.0.0.2', '::1', '127.0.0.1']
  const { measurement } = await measure(`http://many.example:${port}/`, { policy, resolveHost })
  expect(measurement).toMatchObject({ status: 'Good', remoteAddress: '127.0.0.1' })
  const check = { ipVersion: 'V6' } as const
  expect(await verdictOf(`http://many.example:${port}/`, { check, resolveHost })).toMatch(/^CONNECT /)
})

test.each([
  [[], []],
  [['1.1.1.1'], ['1.1.1.1']],
  [
    ['::1', '::2', '::3', '1.1.1.1'],
    ['::1', '1.1.1.1', '::2', '::3'],
  ],
  [
    ['1.1.1.1', '1.1.1.2', '::1'],
    ['1.1.1.1', '::1', '1.1.1.2'],
  ],
])('families by turns: %j', (addresses, turns) => {
  expect(interleaveFamilies(addresses)).toEqual(turns)
})
