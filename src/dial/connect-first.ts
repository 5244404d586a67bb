import { connect, type Socket } from 'node:net'
import { detailOf, dialFault, type DialFault } from './dial-fault.js'
import { interleaveFamilies } from './interleave-families.js'
import type { Life } from './life.js'
import { ATTEMPT_DELAY_MS, ATTEMPTS_MAX } from './limits.js'

export interface Connected {
  kind: 'connected'
  socket: Socket
}

/** Connects to the first address that answers, attempts side by side (RFC 8305 §5): Node's `autoSelectFamily` gives slow ones up. */
export function connectFirst(addresses: readonly string[], port: number, life: Life): Promise<Connected | DialFault> {
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
      // Stays for good: an unheard error would end the process.
      socket.on('error', (reason) => {
        error = reason
        if (!trying.delete(socket)) return
        tryNext()
        if (trying.size === 0) resolve(dialFault('CONNECT', detailOf(error, 'UNREACHABLE')))
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
