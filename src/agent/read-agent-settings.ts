import { z } from 'zod'

import { StartFault } from '../start-fault.js'
import { ORDINARY_PORTS, parseTargetPorts } from '../protocol/target-ports.js'
import type { TargetPorts } from '../protocol/target-ports.js'
import { hubOrigin } from '../protocol/text-forms.js'
import type { AgentSettings } from './agent-settings.js'
import { readProxy } from './link/proxy/read-proxy.js'
import type { Beacon } from './vantage/beacon.js'
import { DEFAULT_BEACONS, readBeacons } from './vantage/read-beacons.js'

export interface ValidatorSettings extends AgentSettings {
  keyFile: string
}

/** By the names of the configuration file. */
export type WrittenSettings = Partial<Record<string, unknown>>

export interface SettingSources {
  flags: WrittenSettings
  env: Record<string, string | undefined>
  file: WrittenSettings
}

const CONCURRENCY_MAX = 1000
const LABEL_LENGTH_MAX = 64

interface Setting {
  flag: string
  variable: string
  expected: string
  schema: z.ZodType
}

const text = z.string().trim().min(1)
const label = text.max(LABEL_LENGTH_MAX).regex(/^[^\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}]*$/u)
const yesOrNo = z.union([
  z.boolean(),
  z.enum(['1', 'true']).transform(() => true),
  z.enum(['0', 'false']).transform(() => false),
])
const hosts = z
  .union([z.array(text), z.string().transform((list) => list.split(',').map((host) => host.trim()))])
  .pipe(z.array(z.string().regex(/^[^\s/[\]@]+$/)))

const ports = z
  .union([text, z.array(z.int()).transform((list) => list.join(','))])
  .transform(parseTargetPorts)
  .pipe(z.custom<TargetPorts>((list) => list !== null))

const beacons = z
  .union([z.array(text), text.transform((list) => list.split(','))])
  .transform(readBeacons)
  .pipe(z.custom<Beacon[]>((list) => list !== null))

/** Where each may be written, what it must be and how that is said. */
const SETTINGS = {
  hub: {
    flag: '--hub',
    variable: 'OVERLAPS_HUB',
    expected: "the hub's address without a path, such as http://localhost:8081",
    schema: text.transform((address) => readHub(address)).pipe(z.string()),
  },
  keyFile: {
    flag: '--key',
    variable: 'OVERLAPS_KEY_FILE',
    expected: 'the path of a key file',
    schema: text.default('./validator-key.json'),
  },
  concurrency: {
    flag: '--concurrency',
    variable: 'OVERLAPS_CONCURRENCY',
    expected: `a whole number of checks at a time, from 1 to ${CONCURRENCY_MAX}`,
    schema: z
      .union([
        z.number(),
        z
          .string()
          .regex(/^\d{1,9}$/)
          .transform(Number),
      ])
      .pipe(z.int().min(1).max(CONCURRENCY_MAX))
      .default(50),
  },
  allowPrivateTargets: {
    flag: '--allow-private',
    variable: 'OVERLAPS_ALLOW_PRIVATE_TARGETS',
    expected: '1 or 0',
    schema: yesOrNo.default(false),
  },
  targetPorts: {
    flag: '--ports',
    variable: 'OVERLAPS_TARGET_PORTS',
    expected: 'ports from 1 to 65535 joined by commas, or any',
    schema: ports.default(ORDINARY_PORTS),
  },
  deniedHosts: {
    flag: '--deny',
    variable: 'OVERLAPS_DENIED_HOSTS',
    expected: 'names and addresses without brackets or ports, joined by commas',
    schema: hosts.default([]),
  },
  beacons: {
    flag: '--beacons',
    variable: 'OVERLAPS_BEACONS',
    expected: 'address:port, names and http:// URLs (with #text) joined by commas, at most 20, or none',
    schema: beacons.default(readBeacons(DEFAULT_BEACONS.split(',')) ?? []),
  },
  label: {
    flag: '--label',
    variable: 'OVERLAPS_LABEL',
    expected: `at most ${LABEL_LENGTH_MAX} printable characters`,
    schema: label.nullable().default(null),
  },
  region: {
    flag: '--region',
    variable: 'OVERLAPS_REGION',
    expected: `at most ${LABEL_LENGTH_MAX} printable characters`,
    schema: label.nullable().default(null),
  },
  complaintsUrl: {
    flag: '--complaints-url',
    variable: 'OVERLAPS_COMPLAINTS_URL',
    expected: 'a URL or mailto: address in plain ASCII',
    schema: z
      .url({ protocol: /^(https?|mailto)$/ })
      .regex(/^[\x21-\x7e]{1,200}$/)
      .nullable()
      .default(null),
  },
} satisfies Record<string, Setting>

type SettingName = keyof typeof SETTINGS

export const AGENT_VARIABLES: readonly string[] = Object.values(SETTINGS).map(({ variable }) => variable)

/** Throws `StartFault` with one line for each wrong setting. */
export function readAgentSettings(sources: SettingSources): ValidatorSettings {
  const faults = Object.keys(sources.file)
    .filter((name) => !(name in SETTINGS))
    .map(
      (name) =>
        `${name} (configuration file): there is no such setting; known are ${Object.keys(SETTINGS).join(', ')}.`,
    )
  const read = <Name extends SettingName>(name: Name): z.output<(typeof SETTINGS)[Name]['schema']> | null => {
    const { value, source } = written(name, sources)
    const { data, error } = SETTINGS[name].schema.safeParse(value)
    if (error === undefined) return data as z.output<(typeof SETTINGS)[Name]['schema']>
    faults.push(`${name} (${source}): expected ${SETTINGS[name].expected}, not ${shown(value)}.`)
    return null
  }
  const hub = read('hub')
  const found = hub === null ? null : readProxy(hub, sources.env)
  if (found?.kind === 'fault') faults.push(found.message)
  const settings = {
    hub,
    proxy: found?.kind === 'found' ? found.proxy : null,
    keyFile: read('keyFile'),
    concurrency: read('concurrency'),
    allowPrivateTargets: read('allowPrivateTargets'),
    targetPorts: read('targetPorts'),
    deniedHosts: read('deniedHosts'),
    beacons: read('beacons'),
    self: { label: read('label'), region: read('region') },
    complaintsUrl: read('complaintsUrl'),
  }
  if (faults.length > 0)
    throw new StartFault(['The validator cannot start with these settings:', ...faults].join('\n  '))
  return settings as ValidatorSettings
}

function written(name: SettingName, { flags, env, file }: SettingSources): { value: unknown; source: string } {
  const { flag, variable } = SETTINGS[name]
  if (flags[name] !== undefined) return { value: flags[name], source: flag }
  // An empty variable is one that somebody unset in a compose file.
  if (env[variable] !== undefined && env[variable] !== '') return { value: env[variable], source: variable }
  if (file[name] !== undefined) return { value: file[name], source: 'configuration file' }
  return { value: undefined, source: `${flag} or ${variable}` }
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

function readHub(address: string): string | null {
  const origin = hubOrigin(address)
  if (origin === null) return null
  const { pathname, search, hash, username, password } = new URL(address)
  const isPlain = (pathname === '/' || pathname === '/graphql') && search + hash + username + password === ''
  return isPlain ? origin : null
}
