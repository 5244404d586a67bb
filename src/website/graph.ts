import type { Builder } from '../graph/builder.js'
import { addCheckTypes, type CheckRef } from './check-type.js'
import { addDeniedReason } from './denied-reason-graph.js'
import { addWebsiteSubscription } from './follow-graph.js'
import { addWebsiteMutations } from './mutation-graph.js'
import { addWebsiteType, type WebsiteRefs } from './website-type.js'
import { addWebsiteQueries } from './websites-graph.js'

export function addWebsiteGraph(builder: Builder): WebsiteRefs & { check: CheckRef } {
  const { check, checkInput } = addCheckTypes(builder)
  const refs = addWebsiteType(builder, check)
  addWebsiteQueries(builder, refs.website)
  addWebsiteMutations(builder, { website: refs.website, checkInput })
  addWebsiteSubscription(builder, refs.website)
  addDeniedReason(builder, refs.website)
  return { ...refs, check }
}
