import { nameFault } from '../graph/name-fault.js'
import { inputFault, type InputFault } from '../graph/problem.js'
import type { Check } from '../protocol/check.js'
import { checkFaults } from '../protocol/check-fault.js'
import { everyRoundsFault } from './every-rounds-fault.js'
import { type VerdictSettings, type VerdictSettingsRefusal, verdictSettingsFaults } from './verdict-settings.js'
import { tagsFaults } from './website-tags.js'

const NAME_LENGTH_MAX = 200

/** What an owner may change about a website, beside switching it on and off. */
export interface WebsiteSettings extends VerdictSettings {
  name: string
  tags: readonly string[]
  everyRounds: number
  check: Check
}

export type WebsiteSettingsRefusal =
  | 'INVALID_NAME'
  | 'INVALID_TAGS'
  | 'INVALID_EVERY_ROUNDS'
  | 'INVALID_CHECK'
  | VerdictSettingsRefusal

/** Everything that is wrong with a website's settings. `tagsField` is the input's that the tags come from. */
export function websiteSettingsFaults(
  settings: WebsiteSettings,
  tagsField: 'tags' | 'addTags' = 'tags',
): InputFault<WebsiteSettingsRefusal>[] {
  const { name, tags, everyRounds, check } = settings
  const ofName = nameFault(name, NAME_LENGTH_MAX)
  const ofRounds = everyRoundsFault(everyRounds)
  return [
    ...(ofName === null ? [] : [inputFault('INVALID_NAME' as const, ofName, 'name')]),
    ...tagsFaults(tags, tagsField),
    ...(ofRounds === null ? [] : [inputFault('INVALID_EVERY_ROUNDS' as const, ofRounds, 'everyRounds')]),
    ...verdictSettingsFaults(settings),
    ...checkFaults(check).map(({ field, message }) => inputFault('INVALID_CHECK' as const, message, `check.${field}`)),
  ]
}
