import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { exchangeFault, OutgoingFault } from './outgoing-fault.js'

/** Bytes of an answer's head; Node's own limit is 16 KiB. */
const HEAD_MAX_BYTES = 64 * 1024
/** Interim answers (1xx) before the answer; a stream of them costs the hub more than the other side. */
const INTERIM_ANSWERS_MAX = 20

export interface OutgoingRequest {
  method: 'GET' | 'POST'
  url: string
  /** Beside those that every request has. */
  headers?: Readonly<Record<string, string>>
  body?: string
  /** Milliseconds from the name's look-up to the last byte of the answer. */
  timeoutMs: number
  /** Bytes of the answer's body that are read; then the connection is cut. */
  readMaxBytes: number
  /** Of them, those that are kept. */
  keptMaxBytes: number
}

/** What has come of an answer; it fills while it is read, so that what came before a time-out is known. */
export interface Heard {
  httpStatus: number | null
  headers: IncomingHttpHeaders
  chunks: Buffer[]
}

const OWN_HEADERS = {
  'user-agent': 'overlaps-hub',
  accept: '*/*',
  'accept-encoding': 'identity',
  connection: 'close',
}

/**
 * Sends a request over a socket that is open for it alone, and reads the answer into `heard`. Resolves when the answer is
 * whole or enough of it was read; an answer that is cut behind its head is an answer.
 * @throws OutgoingFault when there is no answer.
 */
export function exchange(socket: Socket, request: OutgoingRequest, heard: Heard): Promise<void> {
  const { method, headers = {}, body } = request
  const url = new URL(request.url)
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({
      createConnection: () => socket,
      method,
      path: url.pathname + url.search,
      headers: { ...OWN_HEADERS, ...headers, host: url.host, ...length },
      maxHeaderSize: HEAD_MAX_BYTES,
      insecureHTTPParser: false,
    })
    let interimCount = 0
    outgoing.on('information', () => {
      interimCount += 1
      if (interimCount > INTERIM_ANSWERS_MAX) reject(new OutgoingFault('PROTOCOL', 'more than 20 interim answers'))
    })
    outgoing.once('upgrade', () => reject(new OutgoingFault('PROTOCOL', 'it changed to another protocol')))
    outgoing.on('error', (error) => reject(exchangeFault(error)))
    outgoing.once('close', () => reject(exchangeFault('NO_ANSWER')))
    outgoing.once('response', (response) => {
      heard.httpStatus = response.statusCode ?? 0
      heard.headers = response.headers
      readBody(response, request, heard, resolve)
    })
    outgoing.end(body)
  })
}

function readBody(
  response: IncomingMessage,
  { readMaxBytes, keptMaxBytes }: OutgoingRequest,
  heard: Heard,
  done: () => void,
): void {
  let bytesRead = 0
  // Told by `close`, too; unheard it would end the process.
  response.on('error', () => undefined)
  response.on('data', (chunk: Buffer) => {
    if (bytesRead < keptMaxBytes) heard.chunks.push(chunk.subarray(0, keptMaxBytes - bytesRead))
    bytesRead += chunk.length
    if (bytesRead >= readMaxBytes) done()
  })
  response.once('close', done)
}
