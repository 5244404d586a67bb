import { refuse, type Refusal } from '../graph/problem.js'

/** The same for a channel that never existed, is deleted, somebody else's or of another kind. */
export function channelNotFound(what: 'channel' | 'webhook' = 'channel'): Refusal<'NOT_FOUND'> {
  return refuse('NOT_FOUND', `You have no ${what} with this id; \`channels\` lists yours.`, 'id')
}
