import { connect, type Socket } from 'node:net'
import type { DialSigns } from './dial-signs.js'
import { detailOf, dialFault, type DialFault } from './dial-fault.js'
import type { Attempt } from './figures.js'
import { interleaveFamilies } from './interleave-families.js'
import type { Life } from './life.js'
import { ATTEMPT_DELAY_MS, ATTEMPTS_MAX } from './limits.js'

export interface Connected {
  kind: 'connected'
  socket: Socket
}

/** The kernel's, where there is no way to a whole family: they say nothing of the host. */
const WITHOUT_FAMILY = new Set(['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'])

/** Connects to the first address that answers, attempts side by side (RFC 8305 §5): Node's `autoSelectFamily` gives slow ones up. */
export function connectFirst(
  addresses: readonly string[],
  port: number,
  life: Life,
  attempts: Attempt[] = [],
  signs: DialSigns = {},
): Promise<Connected | DialFault> {
  return new Promise((resolve) => {
    const waiting = interleaveFamilies(addresses).slice(0, ATTEMPTS_MAX)
    const trying = new Set<Socket>()
    let timer: NodeJS.Timeout | undefined

    const tryNext = () => {
      clearTimeout(timer)
      const address = waiting.shift()
      if (address === undefined || life.isOver()) return
      const attempt: Attempt = { address, code: null }
      attempts.push(attempt)
      signs.attempting?.(address)
      const socket = connect({ host: address, port, noDelay: true })
      trying.add(socket)
      life.hold(socket)
      // Stays for good: an unheard error would end the process.
      socket.on('error', (reason) => {
        if (!trying.delete(socket)) return
        attempt.code = detailOf(reason, 'UNREACHABLE')
        signs.failed?.(address, attempt.code)
        tryNext()
        if (trying.size === 0) resolve(dialFault('CONNECT', codeOf(attempts)))
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

/** What the last attempt met that went on its way; if none did, what the last one met. */
function codeOf(attempts: readonly Attempt[]): string {
  const codes = attempts.flatMap(({ code }) => code ?? [])
  return codes.findLast((code) => !WITHOUT_FAMILY.has(code)) ?? codes.at(-1) ?? 'UNREACHABLE'
}
