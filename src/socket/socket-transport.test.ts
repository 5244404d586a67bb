import { createServer } from 'node:http'
import type { Server } from 'graphql-ws'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { openRawSocket } from '../testing/raw-socket.js'
import { createManualClock } from '../testing/manual-clock.js'
import { portOf } from '../http/listen.js'
import type { SocketState } from './socket-operations.js'
import { openSocketTransport } from './socket-transport.js'

it('takes nobody for dead while the hub itself does not read, and hands on what came then', async () => {
  const taken: number[] = []
  const waiting: (() => void)[] = []
  const operations: Server<SocketState> = {
    opened: (socket) => {
      socket.onMessage(async (text) => void taken.push(text.length))
      return async () => undefined
    },
  }
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const transport = openSocketTransport({
    server,
    operations,
    turnstile: { enter: (work) => waiting.push(work), goOn: (work) => waiting.push(work) },
    limits: { messageMaxBytes: 1_000_000, outgoingMaxBytes: 1_000_000, origins: [], publicUrl: null, corsOrigins: [] },
    addressOf: () => '192.0.2.1',
    clock: createManualClock(),
    log: pino({ level: 'silent' }),
    pingIntervalMs: 100,
  })
  const raw = await openRawSocket({ url: `http://127.0.0.1:${portOf(server)}` })
  raw.send('x'.repeat(500_000))
  raw.send('x'.repeat(400_000))
  for (let pings = 0; pings < 4; pings++) await new Promise((resolve) => raw.socket.once('ping', resolve))
  expect(taken).toEqual([])
  waiting.shift()?.()
  await expect.poll(() => waiting.length).toBe(1)
  waiting.shift()?.()
  expect(taken).toEqual([500_000, 400_000])
  await raw.close()
  await transport.close()
  server.close()
})
