import type { X509Certificate } from 'node:crypto'

/** One address that was dialled. */
export interface Attempt {
  address: string
  /** Null while it waits, when it connected, and when another was faster. */
  code: string | null
}

/** What is seen of one request, noted at once, so that it is known after a time-out. Durations are whole microseconds. */
export interface Figures {
  remoteAddress: string | null
  dnsUs: number | null
  connectUs: number | null
  tlsUs: number | null
  certificate: X509Certificate | null
  /** The certificate was, for this name. */
  isTrusted: boolean
  firstByteUs: number | null
  httpStatus: number | null
  attempts: Attempt[]
  /** The steady instant of the last sign of life, or of the beginning. */
  aliveAt: number
}

export function startFigures(): Figures {
  return {
    remoteAddress: null,
    dnsUs: null,
    connectUs: null,
    tlsUs: null,
    certificate: null,
    isTrusted: false,
    firstByteUs: null,
    httpStatus: null,
    attempts: [],
    aliveAt: performance.now(),
  }
}
