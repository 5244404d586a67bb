import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { GOODBYE_MS } from '../limits.js'
import { waitAtMost } from './wait-at-most.js'

/** Ends an HTTP server in two steps; requests in progress are answered in between. */
export interface ServerEnd {
  /** Takes no more connections, ends keep-alive, and breaks off event streams. */
  begin(): void
  /** Waits for running requests, cuts off those that never end, and resolves when nothing is connected. */
  finish(): Promise<void>
}

export function createServerEnd(server: Server): ServerEnd {
  let closed: Promise<unknown> | null = null
  const answering = new Map<ServerResponse, IncomingMessage>()
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    answering.set(response, request)
    if (closed) response.shouldKeepAlive = false
    response.once('close', () => {
      answering.delete(response)
      // It had promised keep-alive before the server began to close.
      if (closed) server.closeIdleConnections()
    })
  })
  const begin = () => {
    closed ??= new Promise((resolve) => server.close(resolve))
    server.closeIdleConnections()
    for (const [response, request] of answering) {
      if (!response.headersSent) response.shouldKeepAlive = false
      // A stream never ends by itself, and its reader reconnects.
      else if (isEventStream(request) && !response.writableEnded) response.destroy()
    }
    return closed
  }
  return {
    begin: () => void begin(),
    async finish() {
      const allGone = begin()
      await waitAtMost(GOODBYE_MS, allGone)
      server.closeAllConnections()
      await allGone
    },
  }
}

/** By the request: only the connection may know the answer's headers. */
function isEventStream({ headers }: IncomingMessage): boolean {
  return headers.accept?.includes('text/event-stream') ?? false
}
