import { inputFault, type Refusal, refuseAll } from '../graph/problem.js'
import { passwordFault } from './password-fault.js'
import { readEmail } from './read-email.js'

export interface NewOwner {
  email: string
  /** Null for an owner who uses tokens only. */
  password: string | null
}

/** What was given for a new owner, with the email address in the form that is kept; or everything that is wrong with it. */
export function readNewOwner(input: NewOwner): NewOwner | Refusal<'INVALID_EMAIL' | 'WEAK_PASSWORD'> {
  const email = readEmail(input.email)
  const weakness = input.password === null ? null : passwordFault(input.password)
  const message = 'The email address must be of the usual form, such as ada@example.com.'
  const refusal = refuseAll<'INVALID_EMAIL' | 'WEAK_PASSWORD'>(
    email === null ? inputFault('INVALID_EMAIL', message, 'email') : null,
    weakness === null ? null : inputFault('WEAK_PASSWORD', weakness, 'password'),
  )
  return refusal ?? { email: email ?? '', password: input.password }
}
