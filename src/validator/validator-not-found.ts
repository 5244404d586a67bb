import { refuse, type Refusal } from '../graph/problem.js'

export function validatorNotFound(): Refusal<'NOT_FOUND'> {
  return refuse('NOT_FOUND', 'There is no validator with this id; `validators` lists all.', 'id')
}
