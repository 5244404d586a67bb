import type { X509Certificate } from 'node:crypto'

/** What is seen of one request, noted at once, so that it is known after a time-out. Durations are whole microseconds. */
export interface Figures {
  remoteAddress: string | null
  dnsUs: number | null
  connectUs: number | null
  tlsUs: number | null
  certificate: X509Certificate | null
  firstByteUs: number | null
  httpStatus: number | null
}

export function startFigures(): Figures {
  return {
    remoteAddress: null,
    dnsUs: null,
    connectUs: null,
    tlsUs: null,
    certificate: null,
    firstByteUs: null,
    httpStatus: null,
  }
}
