import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { serveAnswer, serveHttp } from '../testing/agent/check/loopback.js'
import { exchange, type ExchangeRequest } from './exchange.js'
import { startFigures } from './figures.js'

/** Asks over a socket of its own and reads at most `bodyMaxBytes`, or nothing where the body is left. */
async function ask(address: string, bodyMaxBytes: number | 'LEAVE', request: Partial<ExchangeRequest> = {}) {
  const url = new URL(address)
  const socket = connect({ host: url.hostname, port: Number(url.port) })
  onTestFinished(() => void socket.destroy())
  const figures = startFigures()
  const pieces: Buffer[] = []
  const asked = { url, method: 'GET', headerLines: ['host', url.host], body: null, ...request }
  const outcome = await exchange(socket, asked, figures, {
    onHead: () => bodyMaxBytes !== 'LEAVE',
    onPiece: (piece) => pieces.push(piece),
    bodyMaxBytes: bodyMaxBytes === 'LEAVE' ? 0 : bodyMaxBytes,
  })
  return { outcome, figures, socket, read: Buffer.concat(pieces).toString() }
}

describe('an exchange', () => {
  it('sends the headers that it is given and no other, and reads the whole answer', async () => {
    const site = await serveHttp((request, response) => request.on('data', (body) => response.end(`got ${body}`)))
    const headerLines = ['host', 'a.example', 'X-One', '1', 'connection', 'close', 'content-length', '4']
    const { outcome, figures, read, socket } = await ask(site.url(), 100, { method: 'POST', body: 'ping', headerLines })
    expect(outcome).toMatchObject({ kind: 'answered', httpStatus: 200, body: { kind: 'COMPLETE' } })
    expect(site.requests[0]?.rawHeaders).toEqual(headerLines)
    expect(read).toBe('got ping')
    expect(figures).toMatchObject({ httpStatus: 200, firstByteUs: expect.any(Number) })
    expect(socket.destroyed).toBe(true)
  })

  it('reads a body up to its bound, to the byte, and cuts the connection', async () => {
    const url = await serveAnswer(`HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n${'x'.repeat(60)}`)
    const { outcome, read, socket } = await ask(url, 50)
    expect(outcome).toMatchObject({ body: { kind: 'CAPPED' } })
    expect(read).toBe('x'.repeat(50))
    expect(socket.destroyed).toBe(true)
  })

  it('leaves a body that is of no interest', async () => {
    const url = await serveAnswer('HTTP/1.1 302 There\r\nLocation: /b\r\nContent-Length: 9\r\n\r\nhalf')
    const { outcome, read } = await ask(url, 'LEAVE')
    expect(outcome).toMatchObject({ httpStatus: 302, headers: { location: '/b' }, body: { kind: 'LEFT' } })
    expect(read).toBe('')
  })

  it('has an answer once the head is there, although the body is cut', async () => {
    const url = await serveAnswer('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', (socket) => socket.end())
    const { outcome, read } = await ask(url, 100)
    expect(outcome).toMatchObject({ kind: 'answered', httpStatus: 200, body: { kind: 'CUT' } })
    expect(read).toBe('half')
  })

  it('has none without a head', async () => {
    const { outcome, figures } = await ask(await serveAnswer('', (socket) => socket.end()), 100)
    expect(outcome).toEqual({ kind: 'failed', failure: 'CONNECT', detail: 'ECONNRESET' })
    expect(figures.httpStatus).toBeNull()
  })
})
