import { expect, test } from 'vitest'
import type { DialSigns } from '../../dial/dial-signs.js'
import { serveHttps, serveRaw } from '../../testing/agent/check/loopback.js'
import { measure } from '../../testing/agent/check/measure.js'

function listen() {
  const heard: string[] = []
  const signs: DialSigns = {
    connected: (host) => heard.push(`connected ${host}`),
    received: (host, address) =>
      heard.includes(`received ${host} ${address}`) || heard.push(`received ${host} ${address}`),
    trusted: (host, address) => heard.push(`trusted ${host} ${address}`),
  }
  return { heard, signs }
}

test('a check tells which hosts live, and which certificates are trusted', async () => {
  const { heard, signs } = listen()
  const site = await serveHttps('trusted', (_, response) => response.end('well'))
  const { hops, startedAt, endedAt } = await measure(site.url(), { signs })
  expect(heard).toEqual(['connected 127.0.0.1', 'trusted 127.0.0.1 127.0.0.1', 'received 127.0.0.1 127.0.0.1'])
  expect(hops[0]?.isTrusted).toBe(true)
  expect(hops[0]?.aliveAt).toBeGreaterThan(startedAt)
  expect(hops[0]?.aliveAt).toBeLessThanOrEqual(endedAt)
})

test('an untrusted certificate is no sign of trust', async () => {
  const { heard, signs } = listen()
  const site = await serveHttps('self-signed', (_, response) => response.end('well'))
  const { hops } = await measure(site.url(), { signs })
  expect(heard).toEqual(['connected 127.0.0.1'])
  expect(hops[0]?.isTrusted).toBe(false)
})

test('the silence of a website begins with its last byte', async () => {
  const { url } = await serveRaw((socket) => socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n')))
  let connectedAt = Infinity
  let receivedAt = -Infinity
  const signs: DialSigns = {
    connected: () => void (connectedAt = performance.now()),
    received: () => void (receivedAt = performance.now()),
  }
  const { hops, endedAt } = await measure(url, { timeoutMs: 600, signs })
  expect(hops[0]?.aliveAt).toBeGreaterThan(connectedAt)
  expect(hops[0]?.aliveAt).toBeLessThanOrEqual(receivedAt)
  expect(receivedAt).toBeLessThan(endedAt)
})
