import type { Builder } from '../graph/builder.js'
import type { ValidatorRefs } from '../validator/validator-type.js'
import type { WebsiteRefs } from '../website/website-type.js'
import { addConflicts } from './conflicts-graph.js'
import { addTickProof } from './proof-type.js'
import { addTickEnums, type TickEnums } from './tick-enums.js'
import { addTickType, type TickRef } from './tick-type.js'
import { addWebsiteTicks } from './ticks-graph.js'

type Refs = Pick<ValidatorRefs, 'validator' | 'validatorByNo'> & Pick<WebsiteRefs, 'website' | 'websiteByNo'>

export type TickRefs = TickEnums & { tick: TickRef }

/** Adds WebsiteTick, `Website.ticks` and, for operators, evidence against keys. */
export function addTickRefs(builder: Builder, refs: Refs): TickRefs {
  const enums = addTickEnums(builder)
  const proof = addTickProof(builder)
  const tick = addTickType(builder, { ...enums, ...refs, proof })
  addWebsiteTicks(builder, { website: refs.website, tick, websiteStatus: enums.websiteStatus })
  addConflicts(builder, { validator: refs.validator, proof })
  return { tick, ...enums }
}
