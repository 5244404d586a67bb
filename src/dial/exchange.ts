import { request as httpRequest, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { HTTP_STATUS_MIN } from '../protocol/limits.js'
import { detailOf, dialFault, type DialFault } from './dial-fault.js'
import { elapsedUs } from './elapsed-us.js'
import type { Figures } from './figures.js'
import { lenientSocket } from './lenient-socket.js'
import { HEAD_MAX_BYTES, INTERIM_ANSWERS_MAX, PIECES_MAX, RECEIVED_MAX_BYTES } from './limits.js'

export interface ExchangeRequest {
  url: URL
  method: string
  /** Name and value by turns; with `host` and `connection` among them Node adds none of its own. */
  headerLines: string[]
  body: string | null
}

export interface Reading {
  /** Of each piece that comes, before it is read. */
  onBytes?(): void
  /** Of the final answer, as soon as its line is read, whatever comes of the rest. */
  onStatus?(httpStatus: number): void
  onHead(httpStatus: number, headers: IncomingHttpHeaders): boolean
  onPiece(piece: Buffer): void
  bodyMaxBytes: number
}

export interface Answered {
  kind: 'answered'
  httpStatus: number
  headers: IncomingHttpHeaders
  body: BodyEnd
}

export type BodyEnd = { kind: 'LEFT' } | { kind: 'COMPLETE' } | { kind: 'CAPPED' } | { kind: 'CUT'; detail: string }

/** One request and its answer over a socket of its own. What comes after the head is an answer, however it ends. */
export function exchange(
  socket: Socket,
  request: ExchangeRequest,
  figures: Figures,
  reading: Reading,
): Promise<Answered | DialFault> {
  return new Promise((resolve) => {
    const { url, method, headerLines, body } = request
    noteFirstByte(socket, figures)
    followBytes(socket, figures, reading)
    const outgoing = httpRequest({
      createConnection: () => lenientSocket(socket, (status) => reading.onStatus?.(status)),
      method,
      path: url.pathname + url.search,
      headers: headerLines,
      maxHeaderSize: HEAD_MAX_BYTES,
      // Such as control bytes in a header, or odd chunks.
      insecureHTTPParser: true,
    })
    const settle = (end: Answered | DialFault) => {
      resolve(end)
      socket.destroy()
    }
    limitInterimAnswers(outgoing, settle)
    let bodyFault: Error | undefined
    outgoing.on('error', (error) => {
      bodyFault = error
      if (figures.httpStatus === null) settle(failedBeforeHead(error, figures))
    })
    outgoing.once('upgrade', () => settle(dialFault('PROTOCOL', 'UNASKED_UPGRADE')))
    outgoing.once('close', () => {
      if (figures.httpStatus === null) settle(dialFault('CONNECT', 'NO_ANSWER'))
    })
    outgoing.once('response', (response) => {
      // Told by `close`, too; unheard it would end the process.
      response.on('error', () => {})
      const httpStatus = response.statusCode ?? 0
      if (httpStatus < HTTP_STATUS_MIN) return settle(dialFault('PROTOCOL', 'INVALID_STATUS'))
      figures.httpStatus = httpStatus
      const { headers } = response
      const answered = (end: BodyEnd) => settle({ kind: 'answered', httpStatus, headers, body: end })
      if (!reading.onHead(httpStatus, headers)) return answered({ kind: 'LEFT' })
      readBody(response, reading, () => detailOf(bodyFault, 'BODY_CUT'), answered)
    })
    outgoing.end(body)
  })
}

/** Before the parser, which tells of an answer only when its head is complete. */
function noteFirstByte(socket: Socket, figures: Figures): void {
  const sentAt = performance.now()
  socket.once('data', () => {
    figures.firstByteUs = elapsedUs(sentAt)
  })
}

function limitInterimAnswers(outgoing: ClientRequest, settle: (end: DialFault) => void): void {
  let count = 0
  outgoing.on('information', () => {
    count += 1
    if (count > INTERIM_ANSWERS_MAX) settle(dialFault('PROTOCOL', 'TOO_MANY_INTERIM_ANSWERS'))
  })
}

function followBytes(socket: Socket, figures: Figures, reading: Reading): void {
  let received = 0
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length
    figures.aliveAt = performance.now()
    reading.onBytes?.()
    if (received <= RECEIVED_MAX_BYTES) return
    socket.destroy(Object.assign(new Error('more than is taken of a connection'), { code: 'TOO_MANY_BYTES' }))
  })
}

/** PROTOCOL §4: reset before an answer is CONNECT, what comes and is not HTTP, or half of it, is PROTOCOL. */
function failedBeforeHead(error: Error, { firstByteUs }: Figures): DialFault {
  // Node says so of a connection closed in good order, too.
  const detail = detailOf(error, 'NO_ANSWER')
  if (firstByteUs !== null) return dialFault('PROTOCOL', detail)
  // TLS 1.3 tells only after the handshake that the server wants a certificate of ours.
  return dialFault(detail.startsWith('ERR_SSL') ? 'TLS' : 'CONNECT', detail)
}

function readBody(
  response: IncomingMessage,
  { onPiece, bodyMaxBytes }: Reading,
  cutDetail: () => string,
  done: (end: BodyEnd) => void,
): void {
  let bytesRead = 0
  let pieces = 0
  response.on('data', (chunk: Buffer) => {
    onPiece(chunk.subarray(0, Math.max(0, bodyMaxBytes - bytesRead)))
    bytesRead += chunk.length
    pieces += 1
    if (bytesRead >= bodyMaxBytes) done({ kind: 'CAPPED' })
    else if (pieces > PIECES_MAX) done({ kind: 'CUT', detail: 'TOO_MANY_CHUNKS' })
  })
  response.once('end', () => done({ kind: 'COMPLETE' }))
  // Bytes behind a complete answer are an error to the parser alone.
  response.once('close', () => done(response.complete ? { kind: 'COMPLETE' } : { kind: 'CUT', detail: cutDetail() }))
}
