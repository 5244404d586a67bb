import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { exchangeFault, SendFault } from './send-fault.js'

/** Bytes of an answer's head; Node's own limit is 16 KiB. */
const HEAD_MAX_BYTES = 64 * 1024
/** Bytes of an answer's body that are read, to let an ordinary receiver finish. */
const BODY_READ_MAX_BYTES = 64 * 1024
/** Interim answers (1xx) before the answer; a stream of them costs the hub more than the receiver. */
const INTERIM_ANSWERS_MAX = 20
/** Characters of an answer that are kept, and the bytes that surely hold them. */
const ANSWER_KEPT_CHARACTERS = 500
const ANSWER_KEPT_BYTES = ANSWER_KEPT_CHARACTERS * 4

/** What has come of an answer; it fills while it is read, so that what came before a time-out is known. */
export interface Heard {
  httpStatus: number | null
  chunks: Buffer[]
}

/**
 * Posts a body over a socket that is open for it alone, and reads the answer into `heard`. Resolves when the answer is
 * whole or enough of it was read; an answer that is cut behind its head is an answer.
 * @throws SendFault when there is no answer.
 */
export function exchange(
  socket: Socket,
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  heard: Heard,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({
      createConnection: () => socket,
      method: 'POST',
      path: url.pathname + url.search,
      headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) },
      maxHeaderSize: HEAD_MAX_BYTES,
      insecureHTTPParser: false,
    })
    let interimCount = 0
    outgoing.on('information', () => {
      interimCount += 1
      if (interimCount > INTERIM_ANSWERS_MAX) reject(protocolFault('more than 20 interim answers'))
    })
    outgoing.once('upgrade', () => reject(protocolFault('it changed to another protocol')))
    outgoing.on('error', (error) => reject(exchangeFault(error)))
    outgoing.once('close', () => reject(exchangeFault('NO_ANSWER')))
    outgoing.once('response', (response) => {
      heard.httpStatus = response.statusCode ?? 0
      readBody(response, heard, resolve)
    })
    outgoing.end(body)
  })
}

function readBody(response: IncomingMessage, heard: Heard, done: () => void): void {
  let bytesRead = 0
  // Told by `close`, too; unheard it would end the process.
  response.on('error', () => undefined)
  response.on('data', (chunk: Buffer) => {
    if (bytesRead < ANSWER_KEPT_BYTES) heard.chunks.push(chunk.subarray(0, ANSWER_KEPT_BYTES - bytesRead))
    bytesRead += chunk.length
    if (bytesRead >= BODY_READ_MAX_BYTES) done()
  })
  response.once('close', done)
}

/** The beginning of an answer as text that a database and a terminal can hold; null without an answer. */
export function keptAnswer({ httpStatus, chunks }: Heard): string | null {
  if (httpStatus === null) return null
  const text = Buffer.concat(chunks)
    .toString('utf8')
    // eslint-disable-next-line no-control-regex -- those are what is taken out
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g, '\uFFFD')
  return Array.from(text).slice(0, ANSWER_KEPT_CHARACTERS).join('')
}

function protocolFault(what: string): SendFault {
  return new SendFault('PROTOCOL', `What the receiver answered is not right HTTP (${what}).`)
}
