import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { isParting, letGo } from './let-go.js'
import { isRefused, refuse, refusalBytes, type Refusal } from './refusal.js'

const MALFORMED: Refusal = {
  status: 400,
  code: 'BAD_USER_INPUT',
  message: 'This is not a valid HTTP request: send one as RFC 9112 says.',
}
const TOO_SLOW: Refusal = {
  status: 408,
  code: 'BAD_USER_INPUT',
  message: 'The request did not arrive in time: send it completely.',
}
const LARGE_HEAD: Refusal = {
  status: 431,
  code: 'BAD_USER_INPUT',
  message: 'The head of the request is too large: send fewer or shorter headers, or a long document by POST.',
}
const LARGE_EXTENSIONS: Refusal = {
  status: 413,
  code: 'BAD_USER_INPUT',
  message: 'The extensions of the chunks are too large: send chunks without them.',
}

/** Lets every peer of a server read its last answer, even one that is still sending. */
export function endInStages(server: Server): void {
  const answering = new WeakMap<object, ServerResponse>()
  server.on('connection', (socket: Socket) => {
    // Node.js calls it after the last answer on a connection.
    socket.destroySoon = () => letGo(socket)
  })
  server.on('request', ({ socket }, response) => answering.set(socket, response))
  server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as Socket
    if (isParting(socket)) return
    const response = answering.get(socket)
    const isAnswering = response !== undefined && !response.writableFinished
    if (!socket.writable || (isAnswering && response.headersSent)) return socket.destroy()
    const refusal = refusalFor(error)
    if (!isAnswering) {
      const hasLast = response !== undefined && (isRefused(response) || !response.shouldKeepAlive)
      if (!hasLast) socket.write(refusalBytes(refusal))
      letGo(socket)
    } else if (response.req.complete) {
      // What comes after it is faulty, but it has a right to its answer.
      response.shouldKeepAlive = false
    } else refuse(response, refusal)
  })
}

function refusalFor({ code }: NodeJS.ErrnoException): Refusal {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return TOO_SLOW
    case 'HPE_HEADER_OVERFLOW':
      return LARGE_HEAD
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return LARGE_EXTENSIONS
    default:
      return MALFORMED
  }
}
