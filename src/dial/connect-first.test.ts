import type { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { freePort, serveRaw } from '../testing/agent/check/loopback.js'
import { connectFirst } from './connect-first.js'
import type { Attempt } from './figures.js'
import { type Life, startLife } from './life.js'
import { interleaveFamilies } from './interleave-families.js'

describe('connectFirst', () => {
  let life: Life
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

  test.each([
    // TCP has no way to everybody: ENETUNREACH.
    [['127.0.0.1', '255.255.255.255']],
    [['255.255.255.255', '127.0.0.1']],
  ])('%j: tells what an attempt met that was really made', async (addresses) => {
    const attempts: Attempt[] = []
    const heard: string[] = []
    const signs = {
      attempting: (address: string) => heard.push(address),
      failed: (_: string, code: string) => heard.push(code),
    }
    const outcome = await connectFirst(addresses, await freePort(), life, attempts, signs)
    expect(outcome).toEqual({ kind: 'failed', failure: 'CONNECT', detail: 'ECONNREFUSED' })
    expect(attempts.map(({ address }) => address)).toEqual(addresses)
    expect(heard).toEqual(attempts.flatMap(({ address, code }) => [address, code]))
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
