import { isDeepStrictEqual } from 'node:util'
import type { Website } from '../generated/prisma/client.js'
import { type Refusal, refuseAll } from '../graph/problem.js'
import type { Check } from '../protocol/check.js'
import { type CheckChanges, mergeCheck } from './merge-check.js'
import type { VerdictSettings } from './verdict-settings.js'
import { websiteSettingsFaults, type WebsiteSettingsRefusal } from './website-settings.js'
import { changeTags, type TagChanges } from './website-tags.js'

/** What is left out stays as it is. The URL is not here: it never changes. */
export interface WebsiteChanges extends Partial<VerdictSettings>, TagChanges {
  name?: string
  enabled?: boolean
  everyRounds?: number
  check?: CheckChanges
}

export type WebsitePlan =
  | { kind: 'nothing' }
  /** Nothing that validators are asked about (name, tags, verdict settings): the log of what was asked has none. */
  | { kind: 'adjust'; next: Website }
  | { kind: 'change'; next: Website }
  /** As `change`, with other check settings under a revision of their own. */
  | { kind: 'revise'; next: Website; check: Check }
  | Refusal<WebsiteSettingsRefusal>

/** What an update comes to. Settings that are the same already are no change, so that sending them twice does nothing. */
export function planUpdate(website: Website, current: Check, changes: WebsiteChanges): WebsitePlan {
  const { enabled = website.enabled, everyRounds = website.everyRounds } = changes
  const settings = {
    name: changes.name?.trim() ?? website.name,
    tags: changeTags(website.tags, changes),
    everyRounds,
    minimumVotes: changes.minimumVotes ?? website.minimumVotes,
    badToOpen: changes.badToOpen ?? website.badToOpen,
    goodToClose: changes.goodToClose ?? website.goodToClose,
  }
  const check = mergeCheck(current, changes.check ?? {})
  const tags = changes.tags ?? settings.tags
  const refusal = refuseAll(websiteSettingsFaults({ ...settings, tags, check }, changes.tags ? 'tags' : 'addTags'))
  if (refusal !== null) return refusal

  const next = { ...website, ...settings, enabled }
  if (!isDeepStrictEqual(check, current)) {
    return { kind: 'revise', next: { ...next, checkRevision: website.checkRevision + 1 }, check }
  }
  if (enabled !== website.enabled || everyRounds !== website.everyRounds) return { kind: 'change', next }
  return isDeepStrictEqual(next, website) ? { kind: 'nothing' } : { kind: 'adjust', next }
}
