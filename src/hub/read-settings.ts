import { CHALLENGES_PER_SIGNUP, RATES } from '../limits.js'
import { findRoundFaults } from '../round/round-times.js'
import type { Setting, SettingGroup, Values } from '../setting-rows.js'
import { SETTINGS, type Settings } from '../settings.js'
import { StartFault } from '../start-fault.js'

type Environment = Readonly<Record<string, string | undefined>>

const VARIABLES = Object.values<SettingGroup>(SETTINGS).flatMap((group) =>
  Object.values(group).map(({ variable }) => variable),
)

/**
 * Reads the hub's settings from the environment.
 * @param othersVariables what else may be in it that begins as the hub's variables do.
 * @throws StartFault that lists every fault by the variable's name, with what was expected.
 */
export function readSettings(environment: Environment, othersVariables: readonly string[] = []): Settings {
  const faults: string[] = []
  const settings = readGroups(environment, faults)
  faults.push(...findUnknown(environment, othersVariables))
  const isRight = (setting: Setting<unknown>) => readSetting(setting, environment) !== undefined
  // Each of them right, they may still be impossible together.
  if (Object.values<Setting<unknown>>(SETTINGS.rounds).every(isRight)) faults.push(...findRoundFaults(settings))
  const { answerMaxBytes, outgoingMaxBytes } = SETTINGS.http
  if ([answerMaxBytes, outgoingMaxBytes].every(isRight) && settings.outgoingMaxBytes < 2 * settings.answerMaxBytes) {
    faults.push(
      `${outgoingMaxBytes.variable}: expected at least twice ${answerMaxBytes.variable}, ${2 * settings.answerMaxBytes}, not ${settings.outgoingMaxBytes}`,
    )
  }
  if (faults.length > 0) throw new StartFault(['The settings are wrong:', ...faults].join('\n  '))
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

/** What has a fault is as if it were not set, and the fault is told. */
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

/** A variable that is set to nothing counts as not set: that is how shells and Compose files leave one out. */
function readSetting(setting: Setting<unknown>, environment: Environment): unknown {
  const text = environment[setting.variable]
  return text === undefined || text === '' ? setting.otherwise : setting.read(text)
}

function describeFault({ variable, expected, isSecret }: Setting<unknown>, text: string | undefined): string {
  return `${variable}: expected ${expected}, not ${isSecret ? 'what it is set to' : JSON.stringify(text)}`
}

/** A misspelt setting would be ignored in silence. */
function findUnknown(environment: Environment, othersVariables: readonly string[]): string[] {
  const known = new Set([...VARIABLES, ...othersVariables])
  return Object.keys(environment)
    .filter((name) => name.startsWith('OVERLAPS_') && !known.has(name))
    .map((name) => `${name}: there is no such setting`)
}
