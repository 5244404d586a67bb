import { refuse, type Refusal } from '../graph/problem.js'

/** The same for an incident that never existed and for somebody else's. */
export function incidentNotFound(): Refusal<'NOT_FOUND'> {
  return refuse('NOT_FOUND', 'You have no incident with this id; `incidents` lists yours.', 'id')
}
