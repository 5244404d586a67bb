import { statementText } from './statement-text.js'

export interface SignupStatementFields {
  /** Origin, see `hubOrigin`. */
  hub: string
  /** Public key. */
  validator: string
  /** The address the validator believes it has: a hint, never trusted. */
  ip: string | null
  challenge: string
}

/** PROTOCOL §2.1. Throws `RangeError` on a value no statement may hold: see `isIpAddress` for the hint. */
export function signupStatement({ hub, validator, ip, challenge }: SignupStatementFields): string {
  return statementText('overlaps-signup-v1', [
    ['hub', hub],
    ['validator', validator],
    ['ip', ip],
    ['challenge', challenge],
  ])
}
