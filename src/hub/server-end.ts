import type { Server } from 'node:http'
import { GOODBYE_MS } from '../limits.js'
import { waitAtMost } from './wait-at-most.js'

/** The end of an HTTP server in two steps, between which its requests are still answered. */
export interface ServerEnd {
  /** Takes no more connections. */
  begin(): void
  /** Waits for the requests that are running, ends those that never do, and resolves when nothing is connected. */
  finish(): Promise<void>
}

export function createServerEnd(server: Server): ServerEnd {
  let closed: Promise<unknown> | null = null
  const allGoneAfterBegin = () => {
    closed ??= new Promise((resolve) => server.close(resolve))
    server.closeIdleConnections()
    return closed
  }
  return {
    begin: () => void allGoneAfterBegin(),
    async finish() {
      const allGone = allGoneAfterBegin()
      await waitAtMost(GOODBYE_MS, allGone)
      server.closeAllConnections()
      await allGone
    },
  }
}
