import { DETAIL_LENGTH_MAX } from '../../protocol/limits.js'
import type { FailureClass } from '../../protocol/tick.js'

/** Why a check ends `Bad`. */
export interface Failed {
  kind: 'failed'
  failure: FailureClass
  /** A code of A-Z, 0-9 and _, or `null` where the class says it all. */
  detail: string | null
}

export function failed(failure: FailureClass, detail: string | null): Failed {
  return { kind: 'failed', failure, detail }
}

/** The code of a system, OpenSSL or parser error in the letters a tick may carry; `otherwise` when it has none. */
export function detailOf(error: unknown, otherwise: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : error
  if (typeof code !== 'string' || code === '') return otherwise
  // OpenSSL has codes such as ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE.
  return code
    .toUpperCase()
    .replaceAll(/[^A-Z0-9_]/g, '_')
    .slice(0, DETAIL_LENGTH_MAX)
}
