import { statementText } from './statement-text.js'
import type { Measurement } from './tick.js'

/** What a tick's statement says: the task's own words byte for byte, and what was measured. */
export interface TickStatementFields extends Measurement {
  /** Origin, see `hubOrigin`. */
  hub: string
  /** Public key. */
  validator: string
  /** Callback ID. */
  callback: string
  /** Website ID. */
  website: string
  url: string
  /** The task's `roundAt`, an instant. */
  round: string
  /** Hash of the check statement, see `checkHash`. */
  check: string
}

/** PROTOCOL §2.3. Throws `RangeError` on a value no statement may hold: `tickFault` finds those of the measurement before. */
export function tickStatement(fields: TickStatementFields): string {
  return statementText('overlaps-tick-v1', [
    ['hub', fields.hub],
    ['validator', fields.validator],
    ['callback', fields.callback],
    ['website', fields.website],
    ['url', fields.url],
    ['round', fields.round],
    ['check', fields.check],
    ['checked', fields.checkedAt],
    ['status', fields.status],
    ['failure', fields.failure],
    ['detail', fields.detail],
    ['http-status', fields.httpStatus],
    ['remote', fields.remoteAddress],
    ['latency-us', fields.latencyUs],
    ['dns-us', fields.dnsUs],
    ['connect-us', fields.connectUs],
    ['tls-us', fields.tlsUs],
    ['first-byte-us', fields.firstByteUs],
    ['certificate-expires', fields.certificateExpiresAt],
  ])
}
