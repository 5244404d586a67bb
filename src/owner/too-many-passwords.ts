import { refuse, type Refusal } from '../graph/problem.js'

/** The same whether the hub is busy with right passwords or with wrong ones. */
export function tooManyPasswords(): Refusal<'RATE_LIMITED'> {
  return refuse('RATE_LIMITED', 'The hub is busy with other passwords; try again in a few seconds.')
}
