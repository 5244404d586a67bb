import { statementText } from './statement-text.js'

export interface SignupStatementFields {
  hub: string
  validator: string
  /** What the validator believes: a hint, never trusted. */
  ip: string | null
  challenge: string
}

/** PROTOCOL §2.1. Throws `RangeError` on a value no statement may hold. */
export function signupStatement({ hub, validator, ip, challenge }: SignupStatementFields): string {
  return statementText('overlaps-signup-v1', [
    ['hub', hub],
    ['validator', validator],
    ['ip', ip],
    ['challenge', challenge],
  ])
}
