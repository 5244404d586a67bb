import type { OwnerActor } from '../graph/actor.js'
import { type Refusal, refuseAll } from '../graph/problem.js'
import type { Parts } from '../parts.js'
import { type BulkResult, numberFaults, oneByOne } from './one-by-one.js'
import { updateWebsite, type UpdateWebsiteResult } from './update-website.js'
import { tagsFaults } from './website-tags.js'

/** What is changed about many websites. What is left out stays as it is. */
export interface WebsitesUpdate {
  ids: readonly string[]
  enabled?: boolean
  addTags?: readonly string[]
  removeTags?: readonly string[]
}

export type UpdateWebsitesResult = BulkResult<UpdateWebsiteResult> | Refusal<'WRONG_NUMBER' | 'INVALID_TAGS'>

export async function updateWebsites(
  parts: Pick<Parts, 'store' | 'bus' | 'clock'>,
  actor: OwnerActor,
  { ids, ...changes }: WebsitesUpdate,
): Promise<UpdateWebsitesResult> {
  const refusal = refuseAll<'WRONG_NUMBER' | 'INVALID_TAGS'>(
    numberFaults('ids', ids.length),
    tagsFaults(changes.addTags ?? [], 'addTags'),
  )
  if (refusal !== null) return refusal
  return oneByOne('ids', ids, (id) => updateWebsite(parts, actor, { id, changes }, 'updateWebsites'))
}
