import { describe, expect, test } from 'vitest'

import { freePort, serveAnswer, serveHttp, serveRaw } from '../../testing/agent/check/loopback.js'
import { measure, verdictOf } from '../../testing/agent/check/measure.js'
import type { HostResolver } from '../../dial/resolve-host.js'

const SHORT_MS = 1_500

const NOTHING_MEASURED = {
  httpStatus: null,
  remoteAddress: null,
  latencyUs: null,
  dnsUs: null,
  connectUs: null,
  tlsUs: null,
  firstByteUs: null,
  certificateExpiresAt: null,
}

const pending: HostResolver = () => new Promise(() => {})

describe('DNS', () => {
  test('a name without an address has no figure', async () => {
    const resolveHost: HostResolver = () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }))
    const { measurement } = await measure('http://nowhere.example/', { resolveHost })
    expect(measurement).toMatchObject({ failure: 'DNS', detail: 'ENOTFOUND', ...NOTHING_MEASURED })
  })

  test("the system's resolver knows no such name", async () => {
    const { measurement } = await measure('http://nowhere.invalid/')
    expect(measurement).toMatchObject({ failure: 'DNS', detail: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) })
  })

  test('an empty list of addresses', async () => {
    expect(await verdictOf('http://nowhere.example/', { resolveHost: async () => [] })).toBe('DNS ENODATA')
  })
})

describe('CONNECT', () => {
  test('refused', async () => {
    const { measurement } = await measure(`http://127.0.0.1:${await freePort()}/`)
    expect(measurement).toMatchObject({ failure: 'CONNECT', detail: 'ECONNREFUSED', ...NOTHING_MEASURED })
  })

  test('reset before an answer', async () => {
    const { url } = await serveRaw((socket) => socket.once('data', () => socket.resetAndDestroy()))
    const { measurement } = await measure(url)
    expect(measurement).toMatchObject({ failure: 'CONNECT', detail: 'ECONNRESET', httpStatus: null, firstByteUs: null })
    expect(measurement).toMatchObject({ connectUs: expect.any(Number), remoteAddress: '127.0.0.1', latencyUs: null })
  })

  test('reset as soon as it is open', async () => {
    const { url } = await serveRaw((socket) => socket.resetAndDestroy())
    expect(await verdictOf(url)).toMatch(/^CONNECT (ECONNRESET|EPIPE)$/)
  })

  test('closed in good order before an answer', async () => {
    const { url } = await serveRaw((socket) => socket.once('data', () => socket.end()))
    expect(await verdictOf(url)).toBe('CONNECT ECONNRESET')
  })

  test('reset while a body is sent', async () => {
    const { url } = await serveRaw((socket) => socket.once('data', () => socket.resetAndDestroy()))
    const body = 'x'.repeat(64 * 1024)
    expect(await verdictOf(url, { check: { method: 'POST', body } })).toMatch(/^CONNECT (ECONNRESET|EPIPE)$/)
  })

  test('an address of the version that is not asked for', async () => {
    const site = await serveHttp((_, response) => response.end())
    expect(await verdictOf(site.url(), { check: { ipVersion: 'V6' } })).toBe('CONNECT IP_VERSION_MISMATCH')
    expect(await verdictOf(site.url(), { check: { ipVersion: 'V4' } })).toBe('Good')
  })
})

describe('PROTOCOL', () => {
  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a page without a head', '<html>old web</html>\r\n\r\n'],
    ['another protocol that does not end its line', 'SSH-2.0-OpenSSH'],
    ['a head without a status', 'HTTP/1.1 OK\r\n\r\n'],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
  ])('%s', async (_, answer) => {
    expect(await verdictOf(await serveAnswer(answer))).toMatch(/^PROTOCOL HPE_[A-Z_]+$/)
  })

  test('a head that is cut', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\nX-Half', (socket) => socket.end())
    const { measurement } = await measure(url)
    expect(measurement).toMatchObject({ failure: 'PROTOCOL', httpStatus: null, firstByteUs: expect.any(Number) })
  })

  test('a status that is none', async () => {
    expect(await verdictOf(await serveAnswer('HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n'))).toMatch(/^PROTOCOL /)
  })

  test('another protocol that nobody asked for', async () => {
    const url = await serveAnswer('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n')
    expect(await verdictOf(url)).toBe('PROTOCOL UNASKED_UPGRADE')
  })

  test('an odd chunk', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nodd\r\n')
    expect(await verdictOf(url)).toBe('PROTOCOL HPE_INVALID_CHUNK_SIZE')
  })
})

describe('TIMEOUT', () => {
  test('while the name is looked up', async () => {
    const { measurement } = await measure('http://slow.example/', { resolveHost: pending, timeoutMs: SHORT_MS })
    expect(measurement).toMatchObject({ failure: 'TIMEOUT', detail: 'IN_DNS', ...NOTHING_MEASURED })
  })

  test('while the handshake waits', async () => {
    const { port } = await serveRaw(() => {})
    const { measurement } = await measure(`https://127.0.0.1:${port}/`, { timeoutMs: SHORT_MS })
    expect(measurement).toMatchObject({
      failure: 'TIMEOUT',
      detail: 'IN_TLS',
      connectUs: expect.any(Number),
      tlsUs: null,
    })
  })

  test('before the head is there', async () => {
    const { url } = await serveRaw(() => {})
    const { measurement } = await measure(url, { timeoutMs: SHORT_MS })
    expect(measurement).toMatchObject({ failure: 'TIMEOUT', detail: 'IN_HEAD', firstByteUs: null, latencyUs: null })
  })

  test('before the body is there', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')
    const { measurement } = await measure(url, { timeoutMs: SHORT_MS })
    expect(measurement).toMatchObject({ failure: 'TIMEOUT', detail: 'IN_BODY', httpStatus: 200, latencyUs: null })
  })

  test('of all redirects together', async () => {
    const { url: slow } = await serveRaw(() => {})
    const site = await serveHttp((_, response) => response.writeHead(302, { location: slow }).end())
    const { measurement, hops } = await measure(site.url(), { timeoutMs: SHORT_MS })
    expect(measurement).toMatchObject({ failure: 'TIMEOUT', detail: 'IN_HEAD', httpStatus: null })
    expect(hops).toMatchObject([{ httpStatus: 302 }, { url: slow, httpStatus: null }])
  })
})

describe('what happened first', () => {
  test('a wrong status goes before a body that is cut', async () => {
    const url = await serveAnswer('HTTP/1.1 500 No\r\nContent-Length: 9\r\n\r\nhalf', (socket) => socket.end())
    expect(await verdictOf(url)).toBe('STATUS -')
  })

  test('a wrong status goes before the time', async () => {
    const url = await serveAnswer('HTTP/1.1 500 No\r\nContent-Length: 9\r\n\r\nhalf')
    expect(await verdictOf(url, { timeoutMs: SHORT_MS })).toBe('STATUS -')
  })

  test('a keyword that must be absent goes before the time', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')
    const check = { keyword: 'half', keywordMust: 'ABSENT' } as const
    expect(await verdictOf(url, { check, timeoutMs: SHORT_MS })).toBe('ASSERTION KEYWORD_PRESENT')
  })

  test('a cut body goes before a keyword that is missing', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', (socket) => socket.end())
    const check = { keyword: 'whole', keywordMust: 'PRESENT' } as const
    expect(await verdictOf(url, { check })).toMatch(/^PROTOCOL /)
  })
})
