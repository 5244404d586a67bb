import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { openPostgres } from './open-postgres.js'
import { eventually } from '../testing/eventually.js'

const AUTHENTICATED = Buffer.of(0x52, 0, 0, 0, 8, 0, 0, 0, 0)
const READY = Buffer.of(0x5a, 0, 0, 0, 5, 0x49)
const COMPLETE = Buffer.from('C\0\0\0\rSELECT 1\0', 'latin1')
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

/** Speaks just enough of PostgreSQL's protocol for a query without parameters, and answers when it is let. */
async function startServer() {
  const waiting: (() => void)[] = []
  let isHeld = false
  let connectionCount = 0
  const serve = (socket: Socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (startup) => {
      // The watch has one connection of its own, however many the others are.
      const isWatch = startup.includes('overlaps watch')
      if (!isWatch) connectionCount += 1
      socket.write(Buffer.concat([AUTHENTICATED, READY]))
      socket.on('data', (message) => {
        if (message[0] !== 0x51) return
        const answer = () => socket.write(Buffer.concat([COMPLETE, READY]))
        if (isHeld && !isWatch) waiting.push(answer)
        else answer()
      })
    })
  }
  const server = createServer(serve).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => new Promise((resolve) => server.close(resolve)))
  return {
    url: `postgresql://anybody@127.0.0.1:${(server.address() as AddressInfo).port}/any`,
    connectionCount: () => connectionCount,
    waitingCount: () => waiting.length,
    hold: () => (isHeld = true),
    letOn() {
      isHeld = false
      for (const answer of waiting.splice(0)) answer()
    },
  }
}

it.each([4, 7])('never opens more connections than it may: %i', async (most) => {
  const server = await startServer()
  const store = await openPostgres(server.url, () => undefined, most)
  closers.push(store.close)
  server.hold()
  const queries = Array.from({ length: 20 }, () => store.sql.query('SELECT 1'))
  await eventually(() => expect(server.waitingCount()).toBe(most))
  server.letOn()
  await Promise.all(queries)
  expect(server.connectionCount()).toBe(most)
})
