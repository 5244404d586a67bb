import { request as httpRequest } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

import { BODY_READ_MAX_BYTES, HTTP_STATUS_MIN } from '../../protocol/limits.js'
import type { Hop } from './check-outcome.js'
import { elapsedUs } from './elapsed-us.js'
import { detailOf, failed } from './failed.js'
import type { Failed } from './failed.js'
import { headerLines } from './hop-request.js'
import type { HopRequest } from './hop-request.js'
import type { KeywordSearch } from './keyword-search.js'

/** Bytes of an answer's head. Node's 16 KiB refuse sites that browsers show; nobody shows one with 64. */
const HEAD_MAX_BYTES = 64 * 1024
/**
 * Bytes that are taken of one connection, decrypted: a body with head and framing needs less than twice its own. Beyond that there are only
 * tricks that no other limit sees, such as a chunk's length with zeros without end.
 */
const RECEIVED_MAX_BYTES = 4 * BODY_READ_MAX_BYTES
/** Pieces of a body. Each costs some microseconds however small it is: a body of 1 MiB in single bytes would take more than a second. */
const PIECES_MAX = 64 * 1024
/** Interim answers (1xx) before the answer; a stream of them costs the agent more than the server. */
const INTERIM_ANSWERS_MAX = 20

export interface Answered {
  kind: 'answered'
  httpStatus: number
  location: string | null
  body: BodyEnd
}

/** How reading the body ended. */
export type BodyEnd = { kind: 'LEFT' } | { kind: 'COMPLETE' } | { kind: 'CAPPED' } | { kind: 'CUT'; detail: string }

/** What to do with an answer. */
export interface Reading {
  /** Whether the body of such an answer is of no interest. */
  leavesBody(httpStatus: number, location: string | null): boolean
  search: KeywordSearch | null
}

/** One request and its answer over a socket that is open for it alone and destroyed after it. Never rejects; notes its figures in `hop`. */
export function exchange(
  socket: Socket,
  request: HopRequest,
  userAgent: string,
  hop: Hop,
  reading: Reading,
): Promise<Answered | Failed> {
  return new Promise((resolve) => {
    const outgoing = httpRequest({
      // Without an agent: a socket of its own for every hop, so that every hop has figures of its own.
      createConnection: () => socket,
      method: request.method,
      path: request.url.pathname + request.url.search,
      headers: headerLines(request, userAgent),
      maxHeaderSize: HEAD_MAX_BYTES,
      insecureHTTPParser: false,
    })
    const settle = (end: Answered | Failed) => {
      resolve(end)
      socket.destroy()
    }
    noteFirstByte(outgoing, hop)
    limitInterimAnswers(outgoing, settle)
    limitBytes(outgoing)
    let bodyFault: Error | undefined
    outgoing.on('error', (error) => {
      bodyFault = error
      if (hop.httpStatus === null) settle(failedBeforeHead(error, hop))
    })
    outgoing.once('upgrade', () => settle(failed('PROTOCOL', 'UNASKED_UPGRADE')))
    outgoing.once('close', () => {
      if (hop.httpStatus === null) settle(failed('CONNECT', 'NO_ANSWER'))
    })
    outgoing.once('response', (response) => {
      // Told by `close`, too; unheard it would end the process.
      response.on('error', () => {})
      const httpStatus = response.statusCode ?? 0
      const location = response.headers.location ?? null
      if (httpStatus < HTTP_STATUS_MIN) return settle(failed('PROTOCOL', 'INVALID_STATUS'))
      hop.httpStatus = httpStatus
      const answered = (body: BodyEnd) => settle({ kind: 'answered', httpStatus, location, body })
      if (reading.leavesBody(httpStatus, location)) return answered({ kind: 'LEFT' })
      readBody(response, reading.search, () => detailOf(bodyFault, 'BODY_CUT'), answered)
    })
    outgoing.end(request.method === 'POST' ? request.body : null)
  })
}

function noteFirstByte(outgoing: ClientRequest, hop: Hop): void {
  const sentAt = performance.now()
  outgoing.once('socket', (socket) => {
    // Before the parser, which tells of an answer only when its head is complete.
    socket.prependOnceListener('data', () => {
      hop.firstByteUs = elapsedUs(sentAt)
    })
  })
}

function limitInterimAnswers(outgoing: ClientRequest, settle: (end: Failed) => void): void {
  let count = 0
  outgoing.on('information', () => {
    count += 1
    if (count > INTERIM_ANSWERS_MAX) settle(failed('PROTOCOL', 'TOO_MANY_INTERIM_ANSWERS'))
  })
}

function limitBytes(outgoing: ClientRequest): void {
  let received = 0
  outgoing.once('socket', (socket) => {
    socket.on('data', (chunk: Buffer) => {
      received += chunk.length
      if (received <= RECEIVED_MAX_BYTES) return
      socket.destroy(Object.assign(new Error('more than a check takes'), { code: 'TOO_MANY_BYTES' }))
    })
  })
}

/** PROTOCOL §4: refused or reset before an answer is CONNECT, what comes and is not HTTP, or only half of it, is PROTOCOL. */
function failedBeforeHead(error: Error, hop: Hop): Failed {
  // Node says "socket hang up" with this code for a connection that was closed in good order, too.
  const detail = detailOf(error, 'NO_ANSWER')
  if (hop.firstByteUs !== null) return failed('PROTOCOL', detail)
  // TLS 1.3 tells only after the handshake that the server wants a certificate of ours.
  return failed(detail.startsWith('ERR_SSL') ? 'TLS' : 'CONNECT', detail)
}

function readBody(
  response: IncomingMessage,
  search: KeywordSearch | null,
  cutDetail: () => string,
  done: (end: BodyEnd) => void,
): void {
  let bytesRead = 0
  let pieces = 0
  response.on('data', (chunk: Buffer) => {
    search?.add(chunk.subarray(0, Math.max(0, BODY_READ_MAX_BYTES - bytesRead)))
    bytesRead += chunk.length
    pieces += 1
    if (bytesRead >= BODY_READ_MAX_BYTES) done({ kind: 'CAPPED' })
    else if (pieces > PIECES_MAX) done({ kind: 'CUT', detail: 'TOO_MANY_CHUNKS' })
  })
  response.once('end', () => done({ kind: 'COMPLETE' }))
  // Bytes behind a complete answer are an error to the parser and none to the check.
  response.once('close', () => done(response.complete ? { kind: 'COMPLETE' } : { kind: 'CUT', detail: cutDetail() }))
}
