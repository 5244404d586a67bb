import { isDeepStrictEqual } from 'node:util'
import type { Website } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Check } from '../protocol/check.js'
import { checkFault } from '../protocol/check-fault.js'
import { type CheckChanges, mergeCheck } from './merge-check.js'
import { everyRoundsFault } from './every-rounds-fault.js'
import { judgeVerdictSettings, type VerdictSettings, type VerdictSettingsRefusal } from './verdict-settings.js'
import { websiteNameFault } from './website-name-fault.js'

/** What is left out stays as it is. The URL is not here: it never changes. */
export interface WebsiteChanges extends Partial<VerdictSettings> {
  name?: string
  enabled?: boolean
  everyRounds?: number
  check?: CheckChanges
}

export type WebsitePlan =
  | { kind: 'nothing' }
  /**
   * The name, or how verdicts are counted. No round asks validators about these, and a verdict keeps the votes that it
   * needed, so that the log of changes, which tells what was asked for and when, has nothing to say of them.
   */
  | { kind: 'adjust'; next: Website }
  | { kind: 'change'; next: Website }
  /** As `change`, with other check settings under a revision of their own. */
  | { kind: 'revise'; next: Website; check: Check }
  | Refusal<'INVALID_NAME' | 'INVALID_EVERY_ROUNDS' | 'INVALID_CHECK' | VerdictSettingsRefusal>

/** What an update comes to. Settings that are the same already are no change, so that sending them twice does nothing. */
export function planUpdate(website: Website, current: Check, changes: WebsiteChanges): WebsitePlan {
  const { enabled = website.enabled, everyRounds = website.everyRounds } = changes
  const settings = {
    minimumVotes: changes.minimumVotes ?? website.minimumVotes,
    badToOpen: changes.badToOpen ?? website.badToOpen,
    goodToClose: changes.goodToClose ?? website.goodToClose,
  }
  const name = changes.name?.trim() ?? website.name
  const check = mergeCheck(current, changes.check ?? {})
  const refusal = judge(name, everyRounds, check) ?? judgeVerdictSettings(settings)
  if (refusal !== null) return refusal

  const next = { ...website, ...settings, name, enabled, everyRounds }
  if (!isDeepStrictEqual(check, current)) {
    return { kind: 'revise', next: { ...next, checkRevision: website.checkRevision + 1 }, check }
  }
  if (enabled !== website.enabled || everyRounds !== website.everyRounds) return { kind: 'change', next }
  return isDeepStrictEqual(next, website) ? { kind: 'nothing' } : { kind: 'adjust', next }
}

function judge(name: string, everyRounds: number, check: Check) {
  const ofName = websiteNameFault(name)
  if (ofName !== null) return refuse('INVALID_NAME', ofName)
  const ofRounds = everyRoundsFault(everyRounds)
  if (ofRounds !== null) return refuse('INVALID_EVERY_ROUNDS', ofRounds)
  const ofCheck = checkFault(check)
  return ofCheck === null ? null : refuse('INVALID_CHECK', ofCheck)
}
