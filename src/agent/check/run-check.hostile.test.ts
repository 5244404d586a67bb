import type { Socket } from 'node:net'

import { describe, expect, test } from 'vitest'

import { serveAnswer, serveHttp, serveRaw } from './fixtures/loopback.js'
import { measure, verdictOf } from './fixtures/measure.js'

const SHORT_MS = 1_500

/** Says `piece` again and again, as fast as the peer takes it. */
function flood(socket: Socket, piece: string): void {
  const pieces = piece.repeat(Math.ceil(16_384 / piece.length))
  const pour = () => {
    while (socket.writable && socket.write(pieces)) {}
  }
  socket.on('drain', pour)
  pour()
}

/** Says `piece` again and again, a little at a time. */
function trickle(socket: Socket, piece: string): void {
  const timer = setInterval(() => socket.write(piece), 5)
  socket.once('close', () => clearInterval(timer))
}

describe('a hostile server', () => {
  test('that never ends its headers, slowly', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\n', (socket) => trickle(socket, 'X: y\r\n'))
    expect(await verdictOf(url, { timeoutMs: SHORT_MS })).toBe('TIMEOUT IN_HEAD')
  })

  test('that never ends its headers, fast', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\n', (socket) => flood(socket, 'X: y\r\n'))
    expect(await verdictOf(url)).toBe('PROTOCOL HPE_HEADER_OVERFLOW')
  })

  test('that says one header of 1 MB', async () => {
    const url = await serveAnswer(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(1_000_000)}\r\nContent-Length: 0\r\n\r\n`)
    expect(await verdictOf(url)).toBe('PROTOCOL HPE_HEADER_OVERFLOW')
  })

  test('that says headers such as browsers still take', async () => {
    const url = await serveAnswer(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(40_000)}\r\nContent-Length: 0\r\n\r\n`)
    expect(await verdictOf(url)).toBe('Good')
  })

  test('that says interim answers without end, fast', async () => {
    const url = await serveAnswer('', (socket) => flood(socket, 'HTTP/1.1 102 Processing\r\n\r\n'))
    expect(await verdictOf(url)).toBe('PROTOCOL TOO_MANY_INTERIM_ANSWERS')
  })

  test('that says 100 (Continue) without end, slowly', async () => {
    const url = await serveAnswer('', (socket) => trickle(socket, 'HTTP/1.1 100 Continue\r\n\r\n'))
    expect(await verdictOf(url, { timeoutMs: SHORT_MS })).toMatch(
      /^(TIMEOUT IN_HEAD|PROTOCOL TOO_MANY_INTERIM_ANSWERS)$/,
    )
  })

  test('that trickles its body', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\n\r\n', (socket) => trickle(socket, 'x'))
    expect(await verdictOf(url, { timeoutMs: SHORT_MS })).toBe('TIMEOUT IN_BODY')
  })

  test('that says a body of single bytes without end', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', (socket) =>
      flood(socket, '1\r\nx\r\n'),
    )
    expect(await verdictOf(url, { check: { keyword: 'y'.repeat(256), keywordMust: 'ABSENT' } })).toBe('Good')
  })

  test('that hides its body in extensions of chunks', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;', (socket) =>
      flood(socket, 'extension'),
    )
    expect(await verdictOf(url)).toBe('PROTOCOL HPE_CHUNK_EXTENSIONS_OVERFLOW')
  })

  test('that never ends its trailers', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n', (socket) =>
      flood(socket, 'X: y\r\n'),
    )
    expect(await verdictOf(url)).toBe('PROTOCOL HPE_HEADER_OVERFLOW')
  })

  test('that resets in the middle of the body', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', (socket) =>
      socket.resetAndDestroy(),
    )
    // The system may throw the answer away that came just before the reset; then there was none.
    expect(await verdictOf(url)).toMatch(/^(PROTOCOL BODY_CUT|CONNECT ECONNRESET)$/)
  })

  test('that promises more than it says', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', (socket) => socket.end())
    const { measurement } = await measure(url)
    expect(measurement).toMatchObject({ failure: 'PROTOCOL', httpStatus: 200, latencyUs: null })
    expect(measurement.firstByteUs).not.toBeNull()
  })

  test.each(['whole and much more', 'wholeHTTP/1.1 500 Smuggled\r\n\r\n'])(
    'that says more than it promised: %s',
    async (body) => {
      const url = await serveAnswer(`HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n${body}`)
      const { measurement } = await measure(url, { check: { keyword: 'more', keywordMust: 'ABSENT' } })
      expect(measurement).toMatchObject({ status: 'Good', httpStatus: 200 })
    },
  )

  test('that speaks before it is asked', async () => {
    const { url } = await serveRaw((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'))
    expect(await verdictOf(url)).toBe('Good')
  })

  test('that answers a POST without reading it', async () => {
    const site = await serveHttp((_, response) => response.writeHead(413, { connection: 'close' }).end())
    const check = { method: 'POST', body: 'x'.repeat(64 * 1024) } as const
    expect(await verdictOf(site.url(), { check })).toBe('STATUS -')
  })

  test('that closes one half and goes on', async () => {
    const { url } = await serveRaw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nall'))
    expect(await verdictOf(url)).toBe('Good')
  })
})
