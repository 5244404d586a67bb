import { CHALLENGES_PER_SIGNUP, RATES } from '../limits.js'
import { findRoundFaults } from '../round/round-times.js'
import type { Setting, SettingGroup, Values } from '../setting-rows.js'
import { SETTINGS, type Settings } from '../settings.js'
import { StartFault } from '../start-fault.js'

type Environment = Readonly<Record<string, string | undefined>>

const VARIABLES = Object.values<SettingGroup>(SETTINGS).flatMap((group) =>
  Object.values(group).map(({ variable }) => variable),
)

/** Throws StartFault that lists all faults by variable. `othersVariables` may be set although the hub ignores them. */
export function readSettings(environment: Environment, othersVariables: readonly string[] = []): Settings {
  const faults: string[] = []
  const settings = readGroups(environment, faults)
  faults.push(...findUnknown(environment, othersVariables))
  const isRight = (setting: Setting<unknown>) => readSetting(setting, environment) !== undefined
  // Settings that are valid alone may still contradict each other.
  if (Object.values<Setting<unknown>>(SETTINGS.rounds).every(isRight)) faults.push(...findRoundFaults(settings))
  const { answerMaxBytes, outgoingMaxBytes } = SETTINGS.http
  if ([answerMaxBytes, outgoingMaxBytes].every(isRight) && settings.outgoingMaxBytes < 2 * settings.answerMaxBytes) {
    faults.push(
      `${outgoingMaxBytes.variable}: expected at least twice ${answerMaxBytes.variable}, ${2 * settings.answerMaxBytes}, not ${settings.outgoingMaxBytes}`,
    )
  }
  if (faults.length > 0) throw new StartFault(['Invalid settings:', ...faults].join('\n  '))
  return settings
}

function readGroups(environment: Environment, faults: string[]): Settings {
  const read = <Group extends SettingGroup>(group: Group) => readGroup(group, environment, faults)
  const [http, database, rounds] = [read(SETTINGS.http), read(SETTINGS.database), read(SETTINGS.rounds)]
  const [retention, guards, rates] = [read(SETTINGS.retention), read(SETTINGS.guards), read(SETTINGS.rates)]
  return {
    ...http,
    ...database,
    ...rounds,
    ...retention,
    ...guards,
    rates: { ...RATES, ...rates, CHALLENGES: rates.SIGNUPS * CHALLENGES_PER_SIGNUP },
    documentLimits: read(SETTINGS.documentLimits),
    ...read(SETTINGS.documents),
    ...read(SETTINGS.log),
  }
}

/** Reports invalid settings as faults and reads on as if they were not set. */
function readGroup<Group extends SettingGroup>(
  group: Group,
  environment: Environment,
  faults: string[],
): Values<Group> {
  const values = Object.entries(group).map(([name, setting]) => {
    const value = readSetting(setting, environment)
    if (value === undefined) faults.push(describeFault(setting, environment[setting.variable]))
    return [name, value ?? setting.otherwise]
  })
  return Object.fromEntries(values) as Values<Group>
}

/** An empty variable counts as not set: shells and Compose files leave variables out like that. */
function readSetting(setting: Setting<unknown>, environment: Environment): unknown {
  const text = environment[setting.variable]
  return text === undefined || text === '' ? setting.otherwise : setting.read(text)
}

function describeFault({ variable, expected, isSecret }: Setting<unknown>, text: string | undefined): string {
  return `${variable}: expected ${expected}, not ${isSecret ? 'what it is set to' : JSON.stringify(text)}`
}

/** A misspelt setting would be silently ignored. */
function findUnknown(environment: Environment, othersVariables: readonly string[]): string[] {
  const known = new Set([...VARIABLES, ...othersVariables])
  return Object.keys(environment)
    .filter((name) => name.startsWith('OVERLAPS_') && !known.has(name))
    .map((name) => `${name}: there is no such setting`)
}
