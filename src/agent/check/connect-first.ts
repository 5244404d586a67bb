import { connect } from 'node:net'
import type { Socket } from 'node:net'

import type { CheckLife } from './check-life.js'
import { detailOf, failed } from './failed.js'
import type { Failed } from './failed.js'
import { interleaveFamilies } from './interleave-families.js'

export interface Connected {
  kind: 'connected'
  socket: Socket
}

/** RFC 8305 §5: how long an attempt is alone before the next address is tried beside it. */
const ATTEMPT_DELAY_MS = 250
/** A name with thousands of addresses shall not make an agent knock at all of them. */
const ATTEMPTS_MAX = 8

/**
 * Connects to the first address that answers. Node's own `autoSelectFamily` gives an attempt up when it starts the next, which calls a far
 * away site dead; here the attempts run side by side and the losers are destroyed. Never rejects; pending when the life ends.
 */
export function connectFirst(addresses: readonly string[], port: number, life: CheckLife): Promise<Connected | Failed> {
  return new Promise((resolve) => {
    const waiting = interleaveFamilies(addresses).slice(0, ATTEMPTS_MAX)
    const trying = new Set<Socket>()
    let timer: NodeJS.Timeout | undefined
    let error: Error | undefined

    const tryNext = () => {
      clearTimeout(timer)
      const address = waiting.shift()
      if (address === undefined || life.isOver()) return
      const socket = connect({ host: address, port, noDelay: true })
      trying.add(socket)
      life.hold(socket)
      // Stays for good: an error of a socket that nobody waits for any more would end the process.
      socket.on('error', (reason) => {
        error = reason
        if (!trying.delete(socket)) return
        tryNext()
        if (trying.size === 0) resolve(failed('CONNECT', detailOf(error, 'UNREACHABLE')))
      })
      socket.once('connect', () => {
        trying.delete(socket)
        clearTimeout(timer)
        waiting.length = 0
        for (const loser of trying) loser.destroy()
        trying.clear()
        resolve({ kind: 'connected', socket })
      })
      if (waiting.length > 0) timer = setTimeout(tryNext, ATTEMPT_DELAY_MS)
    }

    life.hold({ destroy: () => clearTimeout(timer) })
    tryNext()
  })
}
