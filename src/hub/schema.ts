import type { GraphQLSchema } from 'graphql'
import { addAbstentionGraph } from '../abstention/graph.js'
import { addAuditGraph } from '../audit/graph.js'
import { createBuilder } from '../graph/create-builder.js'
import { addHistoryGraph } from '../history/graph.js'
import { addIncidentGraph } from '../incident/graph.js'
import { addMaintenanceGraph } from '../maintenance/graph.js'
import { addOwnerGraph } from '../owner/graph.js'
import { addOwnershipGraph } from '../ownership/graph.js'
import { addRoundGraph } from '../round/graph.js'
import { addSessionGraph } from '../session/graph.js'
import { addTargetGraph } from '../target/graph.js'
import { addTickGraph } from '../tick/graph.js'
import { addValidatorGraph } from '../validator/graph.js'
import { addVerdictGraph } from '../verdict/graph.js'
import { addNoticeGraph } from '../notice/graph.js'
import { addWebsiteGraph } from '../website/graph.js'
import { guardSubscriptions } from '../api/guard-subscriptions.js'
import { addNodes } from './node-graph.js'
import { addNow } from './now-graph.js'
import { addViewer } from './viewer-graph.js'

let shared: GraphQLSchema | undefined

/** The one of all hubs of a process, which nobody changes. */
export function hubSchema(): GraphQLSchema {
  shared ??= buildSchema()
  return shared
}

/** Every room's graph, in the order of the arrow. */
export function buildSchema(): GraphQLSchema {
  const builder = createBuilder()
  addAuditGraph(builder)
  const owners = addOwnerGraph(builder)
  addTargetGraph(builder)
  const websites = addWebsiteGraph(builder)
  const { website, check } = websites
  addOwnershipGraph(builder, { website })
  const { maintenanceWindow } = addMaintenanceGraph(builder, { website })
  const validators = addValidatorGraph(builder)
  const { validator } = validators
  addSessionGraph(builder, { check, ...validators })
  addRoundGraph(builder, { website })
  const ticks = addTickGraph(builder, { ...websites, ...validators })
  const abstentions = addAbstentionGraph(builder, { validator })
  const { verdictStatus } = addVerdictGraph(builder, { website, validator, ...ticks, ...abstentions })
  const { webhook } = addNoticeGraph(builder, website)
  const { incident } = addIncidentGraph(builder, { ...websites, ...validators, ...ticks })
  addHistoryGraph(builder, { website, verdictStatus })
  addViewer(builder, { ...owners, validator })
  addNow(builder)
  addNodes(builder, { ...owners, website, maintenanceWindow, validator, webhook, incident })
  return guardSubscriptions(builder.toSchema())
}
