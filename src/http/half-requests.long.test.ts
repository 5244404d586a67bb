import { connect } from 'node:net'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startTestHub, type TestHub } from '../testing/test-hub.js'
import { SECOND_MS } from '../time.js'

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub(inject('template'))
})
afterAll(async () => {
  if (hub.errors.length > 0) throw new Error(JSON.stringify(hub.errors))
  await hub.close()
})

const POST = 'POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n'

/** Says something, and hears what comes until the hub has closed its side. */
async function say(text: string): Promise<string> {
  const socket = connect({ port: hub.parts.settings.port, host: '127.0.0.1', allowHalfOpen: true })
  socket.write(text)
  let answer = ''
  for await (const piece of socket) answer += String(piece)
  socket.destroy()
  return answer
}

const HALVES = [
  ['in its head', 'GET /healthz HTTP/1.1\r\nHost', '408'],
  ['before its body', `${POST}Content-Length: 99\r\n\r\n`, '408'],
  ['in its body', `${POST}Content-Length: 99\r\n\r\n{`, '408'],
  ['between two chunks', `${POST}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`, '408'],
  ['in a body that nobody reads', 'GET /healthz HTTP/1.1\r\nHost: hub\r\nContent-Length: 99\r\n\r\n', '200'],
  ['in a body that is refused', `${POST}Content-Length: 9000000\r\n\r\n{`, '413'],
] as const

it('a request that stops halfway ends within 30 s, wherever it stops', { timeout: 30 * SECOND_MS }, async () => {
  const told = await Promise.all(HALVES.map(async ([where, text]) => [where, (await say(text)).slice(9, 12)]))
  expect(told).toEqual(HALVES.map(([where, _text, status]) => [where, status]))
})
