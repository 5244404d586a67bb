import { createServer as createHttpServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'

import { onTestFinished } from 'vitest'

import { readPem } from '../check/loopback.js'

export interface TestProxy {
  /** As HTTPS_PROXY names it. */
  origin: string
  port: number
  /** What it was asked to open, with the credentials that came along. */
  asked: { authority: string; authorization: string | undefined }[]
}

/** A proxy on this machine for the length of a test. Answers CONNECT with `status`, and opens a tunnel where that is 200. */
export async function serveProxy(scheme: 'http' | 'https', status: () => number = () => 200): Promise<TestProxy> {
  const asked: TestProxy['asked'] = []
  const sockets = new Set<Duplex>()
  const keep = (socket: Duplex) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  }
  const server =
    scheme === 'http' ? createHttpServer() : createHttpsServer({ key: readPem('key'), cert: readPem('trusted') })
  server.on('tlsClientError', () => {})
  server.on('connection', (socket: Socket) => keep(socket))
  server.on('connect', ({ url = '', headers }: IncomingMessage, client: Duplex) => {
    keep(client)
    asked.push({ authority: url, authorization: headers['proxy-authorization'] })
    if (status() !== 200) return client.end(`HTTP/1.1 ${status()} No\r\nContent-Length: 0\r\n\r\n`)
    const target = connect({ host: '127.0.0.1', port: Number(url.split(':').at(-1)) })
    keep(target)
    target.once('connect', () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'))
    target.pipe(client).pipe(target)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { origin: `${scheme}://localhost:${port}`, port, asked }
}
