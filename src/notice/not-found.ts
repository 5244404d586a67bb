import { refuse, type Refusal } from '../graph/problem.js'

/** The same for a webhook that never was, is deleted or is somebody else's. */
export function webhookNotFound(): Refusal<'NOT_FOUND'> {
  return refuse('NOT_FOUND', 'You have no webhook with this id; `webhooks` lists those that you have.')
}
