import { describe, expect, it, onTestFinished } from 'vitest'
import { listen, localOrigin, portOf } from './listen.js'

async function open(host: string, port: number) {
  const server = await listen(host, port, (_request, response) => response.end())
  onTestFinished(() => void server.close())
  return server
}

describe('listen', () => {
  it('takes a free port', async () => {
    expect(portOf(await open('::', 0))).toBeGreaterThan(0)
  })

  it('says in one sentence that a port is taken', async () => {
    const port = portOf(await open('127.0.0.1', 0))
    await expect(open('127.0.0.1', port)).rejects.toThrow(
      `Port ${port} is in use by another program: stop it, or choose another port with PORT.`,
    )
  })

  it.each(['192.0.2.1', 'no-such-name.invalid'])('says that %s is no address of this machine', async (host) => {
    await expect(open(host, 0)).rejects.toThrow(`This machine has no address ${host}: set OVERLAPS_HOST`)
  })
})

it.each([
  ['::', 'http://localhost:8081'],
  ['0.0.0.0', 'http://localhost:8081'],
  ['127.0.0.1', 'http://localhost:8081'],
  ['10.1.2.3', 'http://10.1.2.3:8081'],
  ['2001:db8::1', 'http://[2001:db8::1]:8081'],
  ['hub.example', 'http://hub.example:8081'],
])('what listens on %s is reached at %s', (host, origin) => {
  expect(localOrigin(host, 8081)).toBe(origin)
})
