import { statementText } from './statement-text.js'
import type { Measurement } from './tick.js'

/** The task's own words byte for byte, and what was measured. */
export interface TickStatementFields extends Measurement {
  hub: string
  validator: string
  callback: string
  website: string
  url: string
  /** The task's `roundAt`. */
  round: string
  /** See `checkHash`. */
  check: string
}

/** PROTOCOL §2.3. Throws `RangeError` on a value no statement may hold; `tickFault` finds them before. */
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
