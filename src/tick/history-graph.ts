import type { Builder } from '../graph/builder.js'
import type { addValidatorGraph } from '../validator/graph.js'
import type { WebsiteRef } from '../website/graph.js'
import { addConflicts } from './conflicts-graph.js'
import { addTickProof } from './proof-graph.js'
import { addTickEnums } from './tick-enums-graph.js'
import { addTickType } from './tick-graph.js'
import { addWebsiteTicks } from './ticks-graph.js'

type Refs = Pick<ReturnType<typeof addValidatorGraph>, 'validator' | 'validatorByNo'> & { website: WebsiteRef }

/** Adds the type WebsiteTick and, to websites, what has become of their ticks; to operators, evidence against keys. */
export function addTickHistory(builder: Builder, { website, ...validators }: Refs) {
  const enums = addTickEnums(builder)
  const proof = addTickProof(builder)
  const tick = addTickType(builder, { ...enums, ...validators, proof })
  addWebsiteTicks(builder, { website, tick, websiteStatus: enums.websiteStatus })
  addConflicts(builder, { ...validators, proof })
  return { tick, ...enums }
}
