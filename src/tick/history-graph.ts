import type { Builder } from '../graph/builder.js'
import type { ValidatorRefs } from '../validator/validator-type.js'
import type { WebsiteRef } from '../website/website-type.js'
import { addConflicts } from './conflicts-graph.js'
import { addTickProof } from './proof-type.js'
import { addTickEnums, type TickEnums } from './tick-enums.js'
import { addTickType, type TickRef } from './tick-type.js'
import { addWebsiteTicks } from './ticks-graph.js'

type Refs = Pick<ValidatorRefs, 'validator' | 'validatorByNo'> & { website: WebsiteRef }

/** Adds the type WebsiteTick and, to websites, what has become of their ticks; to operators, evidence against keys. */
export function addTickHistory(builder: Builder, { website, ...validators }: Refs): TickEnums & { tick: TickRef } {
  const enums = addTickEnums(builder)
  const proof = addTickProof(builder)
  const tick = addTickType(builder, { ...enums, ...validators, proof })
  addWebsiteTicks(builder, { website, tick, websiteStatus: enums.websiteStatus })
  addConflicts(builder, { ...validators, proof })
  return { tick, ...enums }
}
