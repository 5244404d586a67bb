import type { DialSigns } from '../../dial/dial-signs.js'
import type { Measurement } from '../../protocol/tick.js'
import { localFault } from './local-fault.js'
import type { LocalFault } from './local-fault.js'
import type { Places } from './places.js'

/** A limit that a check met; `address` where a connection to it met it. */
export interface MetLimit extends LocalFault {
  code: string
  address: string | null
}

export interface LimitWatch {
  /** To be given to the check in place of those that it was made from. */
  signs: DialSigns
  /** The limit that a check's end may be owed to, or `null`. */
  end(measurement: Pick<Measurement, 'status' | 'failure' | 'detail'>): MetLimit | null
}

/** Notes the limits of the machine that one check meets, also those that another address made good. */
export function watchLimits(told: DialSigns, places: Pick<Places, 'noteLimit' | 'noteRun'>): LimitWatch {
  const startedAt = performance.now()
  let met: MetLimit | null = null
  let isExhausted = false
  const note = (code: string, address: string | null): MetLimit | null => {
    const fault = localFault(code)
    if (fault === null) return null
    if (fault.kind === 'EXHAUSTED' && !isExhausted) {
      isExhausted = true
      places.noteLimit(startedAt)
    }
    return { ...fault, code, address }
  }
  return {
    signs: {
      ...told,
      failed(address, code) {
        met ??= note(code, address)
        told.failed?.(address, code)
      },
    },
    end({ status, failure, detail }) {
      const isBad = status === 'Bad'
      const isOfConnecting = failure === 'CONNECT' || (failure === 'TIMEOUT' && detail === 'IN_CONNECT')
      const own = isBad && failure !== 'STATUS' && failure !== 'ASSERTION' ? note(detail ?? '', null) : null
      if (!isExhausted) places.noteRun()
      if (!isBad) return null
      return (isOfConnecting ? met : null) ?? own
    },
  }
}
