import type { Socket } from 'node:net'

import { describe, expect, test } from 'vitest'

import { eventually } from '../../testing/eventually.js'
import { ENDLESS, PROMPT } from '../../testing/agent/check/hostile-sites.js'
import type { HostileSite } from '../../testing/agent/check/hostile-sites.js'
import { serveAnswer, serveHttp, serveRaw } from '../../testing/agent/check/loopback.js'
import { measure, OPEN_POLICY, verdictOf } from '../../testing/agent/check/measure.js'

const SHORT_MS = 1_500
/** What a server may get rid of before it notices that nobody takes more: what a check takes, and the kernels' buffers. */
const SENT_MAX_BYTES = 32 * 1024 * 1024

async function judge({ start, check = {} }: HostileSite, timeoutMs: number): Promise<string> {
  return verdictOf(await start(), { check, timeoutMs })
}

describe('a hostile server that says', () => {
  test.each(PROMPT.map((site) => [site.name, site] as const))('%s', async (_, site) => {
    expect(await judge(site, site.timeoutMs ?? 10_000)).toMatch(site.outcome)
  })

  test('something without end, slowly: the time ends it', async () => {
    const ends = await Promise.all(ENDLESS.map(async (site) => [site.name, await judge(site, SHORT_MS)] as const))
    expect(ends.filter(([, verdict], index) => !ENDLESS[index]?.outcome.test(verdict))).toEqual([])
  })

  test('headers such as browsers still take', async () => {
    const url = await serveAnswer(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(40_000)}\r\nContent-Length: 0\r\n\r\n`)
    expect(await verdictOf(url)).toBe('Good')
  })

  test('less than it promised', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', (socket) => socket.end())
    const { measurement } = await measure(url)
    expect(measurement).toMatchObject({ failure: 'PROTOCOL', httpStatus: 200, latencyUs: null })
    expect(measurement.firstByteUs).not.toBeNull()
  })

  test('something before it is asked', async () => {
    const { url } = await serveRaw((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'))
    expect(await verdictOf(url)).toBe('Good')
  })

  test('no to a POST without reading it', async () => {
    const site = await serveHttp((_, response) => response.writeHead(413, { connection: 'close' }).end())
    const check = { method: 'POST', body: 'x'.repeat(64 * 1024) } as const
    expect(await verdictOf(site.url(), { check })).toBe('STATUS -')
  })

  test('all and closes its half', async () => {
    const { url } = await serveRaw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nall'))
    expect(await verdictOf(url)).toBe('Good')
  })

  test('a wrong status goes before what follows without end', async () => {
    const url = await serveAnswer('HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n', (socket) =>
      pour(socket, '0'),
    )
    expect(await verdictOf(url)).toBe('STATUS -')
  })
})

/** Says a byte again and again, as fast as it is taken. */
function pour(socket: Socket, byte: string): void {
  const piece = byte.repeat(16_384)
  const go = () => {
    while (socket.writable && socket.write(piece)) {}
  }
  socket.on('drain', go)
  go()
}

describe('what a check takes is bounded', () => {
  test.each([
    ['a body', 'HTTP/1.1 200 OK\r\n\r\n', 'x'],
    ['a head', 'HTTP/1.1 200 OK\r\nX: ', 'y'],
    ["a chunk's length", 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '0'],
    ['a body behind a redirect', 'HTTP/1.1 302 There\r\nLocation: ftp://a/\r\n\r\n', 'x'],
  ])('of %s', async (_, head, byte) => {
    let sent = -1
    const url = await serveAnswer(head, (socket) => {
      pour(socket, byte)
      socket.once('close', () => (sent = socket.bytesWritten))
    })
    await verdictOf(url)
    await eventually(() => expect(sent).toBeGreaterThan(0))
    expect(sent).toBeLessThan(SENT_MAX_BYTES)
  })

  test('what a redirect carries in its location reaches no header', async () => {
    const site = await serveHttp((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/a%0d%0aX-Injected:%201' })
      response.end()
    })
    expect(await verdictOf(site.url())).toBe('Good')
    expect(site.requests[1]?.url).toBe('/a%0d%0aX-Injected:%201')
    expect(site.requests[1]?.headers).not.toHaveProperty('x-injected')
  })
})

describe('a redirect, where the gate is closed', () => {
  // All that a test can reach is private, so the gate closes only when the first answer is given.
  test.each([
    ['http://127.0.0.1:PORT/inside', 'ANY'],
    ['http://[::ffff:7f00:1]:PORT/inside', 'ANY'],
    ['http://2130706433:PORT/inside', 'ANY'],
    ['http://localhost:PORT/inside', 'ANY'],
    ['/inside', 'ANY'],
    ['http://example.com:22/', [80, 443]],
  ] as const)('to %s is not followed', async (location, targetPorts) => {
    const policy = { ...OPEN_POLICY, targetPorts }
    const site = await serveHttp((request, response) => {
      policy.allowPrivateTargets = false
      response.writeHead(302, { location: location.replace('PORT', String(request.socket.localPort)) }).end()
    })
    expect(await verdictOf(site.url(), { policy })).toBe('REDIRECT FORBIDDEN_TARGET')
    expect(site.requests).toHaveLength(1)
  })
})
