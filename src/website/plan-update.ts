import { isDeepStrictEqual } from 'node:util'
import type { Website } from '../generated/prisma/client.js'
import { refuse, type Refusal } from '../graph/problem.js'
import type { Check } from '../protocol/check.js'
import { checkFault } from '../protocol/check-fault.js'
import { type CheckChanges, mergeCheck } from './merge-check.js'
import { everyRoundsFault } from './every-rounds-fault.js'
import { websiteNameFault } from './website-name-fault.js'

/** What is left out stays as it is. The URL is not here: it never changes. */
export interface WebsiteChanges {
  name?: string
  enabled?: boolean
  everyRounds?: number
  check?: CheckChanges
}

export type WebsitePlan =
  | { kind: 'nothing' }
  /** The name alone, which no round asks about. */
  | { kind: 'rename'; next: Website }
  | { kind: 'change'; next: Website }
  /** As `change`, with other check settings under a revision of their own. */
  | { kind: 'revise'; next: Website; check: Check }
  | Refusal<'INVALID_NAME' | 'INVALID_EVERY_ROUNDS' | 'INVALID_CHECK'>

/** What an update comes to. Settings that are the same already are no change, so that sending them twice does nothing. */
export function planUpdate(website: Website, current: Check, changes: WebsiteChanges): WebsitePlan {
  const { enabled = website.enabled, everyRounds = website.everyRounds } = changes
  const name = changes.name?.trim() ?? website.name
  const check = mergeCheck(current, changes.check ?? {})
  const refusal = judge(name, everyRounds, check)
  if (refusal !== null) return refusal

  const next = { ...website, name, enabled, everyRounds }
  if (!isDeepStrictEqual(check, current)) {
    return { kind: 'revise', next: { ...next, checkRevision: website.checkRevision + 1 }, check }
  }
  if (enabled !== website.enabled || everyRounds !== website.everyRounds) return { kind: 'change', next }
  return name === website.name ? { kind: 'nothing' } : { kind: 'rename', next }
}

function judge(name: string, everyRounds: number, check: Check) {
  const ofName = websiteNameFault(name)
  if (ofName !== null) return refuse('INVALID_NAME', ofName)
  const ofRounds = everyRoundsFault(everyRounds)
  if (ofRounds !== null) return refuse('INVALID_EVERY_ROUNDS', ofRounds)
  const ofCheck = checkFault(check)
  return ofCheck === null ? null : refuse('INVALID_CHECK', ofCheck)
}
