import type { X509Certificate } from 'node:crypto'

/** What was seen of one request, noted as it is seen, so that it is known after a time-out. Durations are whole microseconds. */
export interface Figures {
  /** Without the zone, which says which of this machine's wires was used. */
  remoteAddress: string | null
  dnsUs: number | null
  connectUs: number | null
  tlsUs: number | null
  /** What the server showed, trusted or not. */
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
