import { refuse, type Refusal } from '../graph/problem.js'

/** The same for a website that never was, is deleted or is somebody else's. */
export function websiteNotFound(field: 'id' | 'websiteId' = 'id'): Refusal<'NOT_FOUND'> {
  return refuse('NOT_FOUND', 'You have no website with this id; `websites` lists yours.', field)
}
