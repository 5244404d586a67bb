import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { GOODBYE_MS } from '../limits.js'
import { waitAtMost } from './wait-at-most.js'

/** The end of an HTTP server in two steps, between which its requests are still answered. */
export interface ServerEnd {
  /** Takes no more connections, keeps none for a further request, and breaks off the streams of events. */
  begin(): void
  /** Waits for the requests that are running, ends those that never do, and resolves when nothing is connected. */
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
      // It had promised to stay before it was known that it could not.
      if (closed) server.closeIdleConnections()
    })
  })
  const begin = () => {
    closed ??= new Promise((resolve) => server.close(resolve))
    server.closeIdleConnections()
    for (const [response, request] of answering) {
      if (!response.headersSent) response.shouldKeepAlive = false
      // It never ends by itself, and whoever listens to it comes back by himself.
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

/** By what it asked for: the header of the answer may be known to the connection alone. */
function isEventStream({ headers }: IncomingMessage): boolean {
  return headers.accept?.includes('text/event-stream') ?? false
}
