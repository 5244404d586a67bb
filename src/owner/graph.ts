import type { Builder } from '../graph/builder.js'
import { addLogInLinks } from './log-in-link-graph.js'
import { addOwnerTypes } from './owner-type.js'
import { addSessionMutations } from './session-graph.js'
import { addTokenMutations } from './token-graph.js'

/** Who owners are, how they log in and what tokens they have. */
export function addOwnerGraph(builder: Builder) {
  const refs = addOwnerTypes(builder)
  addSessionMutations(builder, refs)
  addLogInLinks(builder, refs)
  addTokenMutations(builder, refs)
  return refs
}
