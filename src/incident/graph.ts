import type { Builder } from '../graph/builder.js'
import { addIncidentSubscription } from './follow-graph.js'
import { addIncidentType, type IncidentRefs } from './incident-type.js'
import { addIncidentMutations } from './mutation-graph.js'
import { addIncidentQueries } from './query-graph.js'

/** Adds incidents and all that owners do with them. */
export function addIncidentGraph(builder: Builder, refs: IncidentRefs) {
  const { incident, note } = addIncidentType(builder, refs)
  addIncidentQueries(builder, { incident, website: refs.website })
  addIncidentMutations(builder, { incident, note })
  addIncidentSubscription(builder, incident)
  return { incident }
}
