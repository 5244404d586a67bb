import { DETAIL_LENGTH_MAX } from '../protocol/limits.js'

export interface DialFault {
  kind: 'failed'
  failure: 'DNS' | 'CONNECT' | 'TLS' | 'PROTOCOL'
  detail: string
}

export function dialFault(failure: DialFault['failure'], detail: string): DialFault {
  return { kind: 'failed', failure, detail }
}

/** The code of a system, OpenSSL or parser error in the letters that a tick may carry; `otherwise` when it has none. */
export function detailOf(error: unknown, otherwise: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : error
  if (typeof code !== 'string' || code === '') return otherwise
  // OpenSSL has codes such as ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE.
  return code
    .toUpperCase()
    .replaceAll(/[^A-Z0-9_]/g, '_')
    .slice(0, DETAIL_LENGTH_MAX)
}
