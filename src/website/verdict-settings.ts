import { inputFault, type InputFault } from '../graph/problem.js'

/** What an owner wants of the verdicts on a website before they count. */
export interface VerdictSettings {
  /** Networks that must agree before a verdict is Good or Bad, where more than half would be fewer. */
  minimumVotes: number
  /** Verdicts in a run that open an incident. */
  badToOpen: number
  /** Verdicts in a run that end one. */
  goodToClose: number
}

export const DEFAULT_VERDICT_SETTINGS: Readonly<VerdictSettings> = { minimumVotes: 1, badToOpen: 2, goodToClose: 2 }

/** With rounds of a minute: 20 minutes until an incident opens. */
const RUN_MAX = 20
/** Far more networks than a round asks, so that a fleet of any size can be asked to agree as a whole. */
const VOTES_MAX = 1_000

export type VerdictSettingsRefusal = 'INVALID_MINIMUM_VOTES' | 'INVALID_BAD_TO_OPEN' | 'INVALID_GOOD_TO_CLOSE'

export function verdictSettingsFaults(settings: VerdictSettings): InputFault<VerdictSettingsRefusal>[] {
  return [
    ...judge('INVALID_MINIMUM_VOTES', 'minimumVotes', settings.minimumVotes, VOTES_MAX),
    ...judge('INVALID_BAD_TO_OPEN', 'badToOpen', settings.badToOpen, RUN_MAX),
    ...judge('INVALID_GOOD_TO_CLOSE', 'goodToClose', settings.goodToClose, RUN_MAX),
  ]
}

function judge(reason: VerdictSettingsRefusal, name: keyof VerdictSettings, value: number, max: number) {
  if (Number.isInteger(value) && value >= 1 && value <= max) return []
  return [inputFault(reason, `${name} must be a whole number from 1 to ${max}, not ${value}.`, name)]
}
