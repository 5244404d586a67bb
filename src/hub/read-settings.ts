import { z } from 'zod'
import {
  CHALLENGES_PER_SIGNUP,
  CONNECTIONS_MAX,
  CONNECTIONS_MAX_MAX,
  CONNECTIONS_MAX_MIN,
  DATABASE_CONNECTIONS,
  DATABASE_CONNECTIONS_MAX,
  DATABASE_CONNECTIONS_MIN,
  DISK_FREE_MIN_BYTES,
  DOCUMENT_LIMITS,
  DOCUMENT_TOKENS_MAX,
  MESSAGE_MAX_BYTES,
  MESSAGE_MAX_BYTES_MAX,
  MESSAGE_MAX_BYTES_MIN,
  OUTGOING_MAX_BYTES,
  OUTGOING_MAX_BYTES_MAX,
  OUTGOING_MAX_BYTES_MIN,
  RATES,
  RATES_MAX,
  WAITING_TICKS_MAX,
  WAITING_TICKS_MAX_MAX,
} from '../limits.js'
import { TICKS_PER_BATCH_MAX } from '../protocol/limits.js'
import { StartFault } from '../start-fault.js'
import { parseUrl } from '../protocol/parse-url.js'
import { ORDINARY_PORTS, parseTargetPorts, type TargetPorts } from '../protocol/target-ports.js'
import { hubOrigin } from '../protocol/text-forms.js'
import { findRoundFaults } from '../round/round-times.js'
import { LOG_LEVELS, type Settings, type TrustProxy } from '../settings.js'
import { isTrustList } from '../http/peer-address.js'
import { DAY_MS } from '../time.js'

/** A variable that is set to nothing counts as not set: that is how shells and Compose files leave one out. */
const unset = (value: unknown) => (value === '' ? undefined : value)
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(unset, schema)

const whole = (least: number, greatest: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= greatest)
const targetPorts = z.custom<TargetPorts>((ports) => ports !== null)
const flag = z.enum(['0', '1']).transform((value) => value === '1')

interface Variable {
  schema: z.ZodType
  expected: string
}

const between = (least: number, otherwise: number, greatest: number, unit: string) => ({
  schema: whole(least, greatest).default(otherwise),
  expected: `${unit} from ${least} to ${greatest}`,
})

/** Every variable that the hub reads, with what is expected of it; docs/operators.md explains them. */
const VARIABLES = {
  PORT: { schema: whole(0, 65_535).default(8081), expected: 'a port from 0 to 65535' },
  OVERLAPS_HOST: { schema: z.string().default('::'), expected: 'an address of this machine' },
  DATABASE_URL: {
    schema: z
      .string()
      .regex(/^postgres(ql)?:\/\/./)
      .refine((text) => parseUrl(text) !== null)
      .nullable()
      .default(null),
    expected: 'a URL such as postgresql://user:password@host:5432/database',
  },
  OVERLAPS_DATA_DIR: { schema: z.string().default('./data'), expected: 'a folder' },
  OVERLAPS_ORIGINS: {
    schema: z.string().transform(splitOrigins).pipe(z.array(z.string())).default([]),
    expected: 'http or https origins separated by commas, such as https://hub.example',
  },
  OVERLAPS_TRUST_PROXY: {
    schema: z.string().transform(readTrust).nullable().default(null),
    expected: 'a number of proxies from 1 to 20, or addresses and networks separated by commas, such as loopback',
  },
  OVERLAPS_CORS_ORIGINS: {
    schema: z.string().transform(splitOrigins).pipe(z.array(z.string())).default([]),
    expected: 'http or https origins separated by commas, such as https://status.example',
  },
  OVERLAPS_ROUND_CRON: { schema: z.string().default('* * * * *'), expected: 'a cron expression' },
  OVERLAPS_ROUND_DEADLINE_MS: { schema: whole(1, DAY_MS).nullable().default(null), expected: 'milliseconds' },
  OVERLAPS_ROUND_SPREAD_MS: { schema: whole(0, DAY_MS).nullable().default(null), expected: 'milliseconds' },
  OVERLAPS_TICK_REWARD: {
    schema: z
      .string()
      .regex(/^\d{1,15}$/)
      .default('100')
      .transform(BigInt),
    expected: 'a whole number of lamports, of at most 15 digits',
  },
  OVERLAPS_TICK_RETENTION_DAYS: { schema: whole(1, 36_500).default(7), expected: 'whole days from 1 to 36500' },
  OVERLAPS_VERDICT_RETENTION_DAYS: { schema: whole(1, 36_500).default(90), expected: 'whole days from 1 to 36500' },
  OVERLAPS_ROLLUP_RETENTION_DAYS: {
    schema: whole(1, 36_500).nullable().default(null),
    expected: 'whole days from 1 to 36500, or nothing for ever',
  },
  OVERLAPS_REGISTRATION: { schema: z.enum(['open', 'closed']).default('closed'), expected: 'open or closed' },
  OVERLAPS_MAX_KEYS_PER_NETWORK: {
    schema: whole(1, 1_000_000).nullable().default(null),
    expected: 'keys from 1 to 1000000, or nothing for any number',
  },
  OVERLAPS_ALLOW_PRIVATE_TARGETS: { schema: flag.default(false), expected: '1 or 0' },
  OVERLAPS_TARGET_PORTS: {
    schema: z.string().transform(parseTargetPorts).pipe(targetPorts).default(ORDINARY_PORTS),
    expected: 'ports from 1 to 65535 separated by commas, or any',
  },
  OVERLAPS_HOST_BUDGET: {
    schema: whole(1, 1_000_000).nullable().default(null),
    expected: 'checks in a minute from 1 to 1000000, or nothing for no limit',
  },
  OVERLAPS_REQUIRE_OWNERSHIP: { schema: flag.default(false), expected: '1 or 0' },
  OVERLAPS_WAITING_TICKS_MAX: between(TICKS_PER_BATCH_MAX, WAITING_TICKS_MAX, WAITING_TICKS_MAX_MAX, 'ticks'),
  OVERLAPS_DATABASE_CONNECTIONS: between(
    DATABASE_CONNECTIONS_MIN,
    DATABASE_CONNECTIONS,
    DATABASE_CONNECTIONS_MAX,
    'connections',
  ),
  OVERLAPS_CONNECTIONS_MAX: between(CONNECTIONS_MAX_MIN, CONNECTIONS_MAX, CONNECTIONS_MAX_MAX, 'connections'),
  OVERLAPS_RATE_ANONYMOUS_PER_MINUTE: between(100, RATES.ANONYMOUS_COST, RATES_MAX, 'cost'),
  OVERLAPS_RATE_OWNER_PER_MINUTE: between(100, RATES.ACCOUNT_COST, RATES_MAX, 'cost'),
  OVERLAPS_RATE_LOG_INS_PER_MINUTE: between(1, RATES.LOG_INS, RATES_MAX, 'passwords'),
  OVERLAPS_RATE_SIGNUPS_PER_MINUTE: between(1, RATES.SIGNUPS, RATES_MAX, 'signups'),
  OVERLAPS_RATE_BAD_SIGNATURES_PER_MINUTE: between(1, RATES.BAD_SUBMISSIONS, RATES_MAX, 'submissions'),
  OVERLAPS_MESSAGE_MAX_BYTES: between(MESSAGE_MAX_BYTES_MIN, MESSAGE_MAX_BYTES, MESSAGE_MAX_BYTES_MAX, 'bytes'),
  OVERLAPS_OUTGOING_MAX_BYTES: between(OUTGOING_MAX_BYTES_MIN, OUTGOING_MAX_BYTES, OUTGOING_MAX_BYTES_MAX, 'bytes'),
  OVERLAPS_DISK_FREE_MIN_BYTES: between(0, DISK_FREE_MIN_BYTES, Number.MAX_SAFE_INTEGER, 'bytes'),
  OVERLAPS_DOCUMENT_DEPTH_MAX: between(4, DOCUMENT_LIMITS.depth, 100, 'fields below each other'),
  OVERLAPS_DOCUMENT_ALIASES_MAX: between(0, DOCUMENT_LIMITS.aliases, 10_000, 'aliases'),
  OVERLAPS_DOCUMENT_DIRECTIVES_MAX: between(0, DOCUMENT_LIMITS.directives, 10_000, 'directives'),
  OVERLAPS_DOCUMENT_COST_MAX: between(1_000, DOCUMENT_LIMITS.cost, 1_000_000_000, 'fields times page sizes'),
  OVERLAPS_DOCUMENT_MUTATIONS_MAX: between(1, DOCUMENT_LIMITS.mutations, 1_000, 'mutations'),
  OVERLAPS_DOCUMENT_TOKENS_MAX: between(500, DOCUMENT_TOKENS_MAX, 20_000, 'tokens'),
  OVERLAPS_INTROSPECTION: { schema: flag.default(true), expected: '1 or 0' },
  OVERLAPS_LOG_LEVEL: { schema: z.enum(LOG_LEVELS).default('info'), expected: `one of ${LOG_LEVELS.join(', ')}` },
} as const satisfies Record<string, Variable>

/** Each of them right, they may still be impossible together. */
const ROUND_VARIABLES = ['OVERLAPS_ROUND_CRON', 'OVERLAPS_ROUND_DEADLINE_MS', 'OVERLAPS_ROUND_SPREAD_MS'] as const

type Read = { [Name in keyof typeof VARIABLES]: z.output<(typeof VARIABLES)[Name]['schema']> }

/**
 * Reads the hub's settings from the environment.
 * @throws StartFault that lists every fault by the variable's name, with what was expected.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const faults: string[] = []
  const read: Record<string, unknown> = {}
  for (const [name, { schema, expected }] of Object.entries(VARIABLES)) {
    const { success, data } = optional(schema).safeParse(environment[name])
    if (success) read[name] = data
    else faults.push(`${name}: expected ${expected}, not ${shown(name, environment[name])}`)
  }
  faults.push(...findUnknown(environment))
  if (ROUND_VARIABLES.every((name) => name in read)) faults.push(...findRoundFaults(toSettings(read as Read)))
  if (faults.length > 0) throw new StartFault(['The settings are wrong:', ...faults].join('\n  '))
  return toSettings(read as Read)
}

function toSettings(read: Read): Settings {
  return {
    port: read.PORT,
    host: read.OVERLAPS_HOST,
    databaseUrl: read.DATABASE_URL,
    dataDir: read.OVERLAPS_DATA_DIR,
    origins: read.OVERLAPS_ORIGINS,
    trustProxy: read.OVERLAPS_TRUST_PROXY,
    corsOrigins: read.OVERLAPS_CORS_ORIGINS,
    roundCron: read.OVERLAPS_ROUND_CRON,
    roundDeadlineMs: read.OVERLAPS_ROUND_DEADLINE_MS,
    roundSpreadMs: read.OVERLAPS_ROUND_SPREAD_MS,
    tickRewardLamports: read.OVERLAPS_TICK_REWARD,
    tickRetentionDays: read.OVERLAPS_TICK_RETENTION_DAYS,
    verdictRetentionDays: read.OVERLAPS_VERDICT_RETENTION_DAYS,
    rollupRetentionDays: read.OVERLAPS_ROLLUP_RETENTION_DAYS,
    registration: read.OVERLAPS_REGISTRATION,
    keysPerNetworkMax: read.OVERLAPS_MAX_KEYS_PER_NETWORK,
    allowPrivateTargets: read.OVERLAPS_ALLOW_PRIVATE_TARGETS,
    targetPorts: read.OVERLAPS_TARGET_PORTS,
    hostBudget: read.OVERLAPS_HOST_BUDGET,
    requireOwnership: read.OVERLAPS_REQUIRE_OWNERSHIP,
    waitingTicksMax: read.OVERLAPS_WAITING_TICKS_MAX,
    databaseConnections: read.OVERLAPS_DATABASE_CONNECTIONS,
    connectionsMax: read.OVERLAPS_CONNECTIONS_MAX,
    rates: {
      ...RATES,
      ANONYMOUS_COST: read.OVERLAPS_RATE_ANONYMOUS_PER_MINUTE,
      ACCOUNT_COST: read.OVERLAPS_RATE_OWNER_PER_MINUTE,
      LOG_INS: read.OVERLAPS_RATE_LOG_INS_PER_MINUTE,
      SIGNUPS: read.OVERLAPS_RATE_SIGNUPS_PER_MINUTE,
      CHALLENGES: read.OVERLAPS_RATE_SIGNUPS_PER_MINUTE * CHALLENGES_PER_SIGNUP,
      BAD_SUBMISSIONS: read.OVERLAPS_RATE_BAD_SIGNATURES_PER_MINUTE,
    },
    messageMaxBytes: read.OVERLAPS_MESSAGE_MAX_BYTES,
    outgoingMaxBytes: read.OVERLAPS_OUTGOING_MAX_BYTES,
    diskFreeMinBytes: read.OVERLAPS_DISK_FREE_MIN_BYTES,
    documentLimits: {
      depth: read.OVERLAPS_DOCUMENT_DEPTH_MAX,
      aliases: read.OVERLAPS_DOCUMENT_ALIASES_MAX,
      directives: read.OVERLAPS_DOCUMENT_DIRECTIVES_MAX,
      cost: read.OVERLAPS_DOCUMENT_COST_MAX,
      mutations: read.OVERLAPS_DOCUMENT_MUTATIONS_MAX,
    },
    documentTokensMax: read.OVERLAPS_DOCUMENT_TOKENS_MAX,
    introspection: read.OVERLAPS_INTROSPECTION,
    logLevel: read.OVERLAPS_LOG_LEVEL,
  }
}

function splitOrigins(text: string, context: z.RefinementCtx): string[] {
  const origins = text.split(',').map((part) => hubOrigin(part.trim()))
  if (origins.includes(null)) context.addIssue({ code: 'custom' })
  return origins.filter((origin) => origin !== null)
}

function readTrust(text: string, context: z.RefinementCtx): TrustProxy {
  const parts = text.split(',').map((part) => part.trim())
  if (/^\d+$/.test(text)) {
    const hops = Number(text)
    if (hops < 1 || hops > 20) context.addIssue({ code: 'custom' })
    return hops
  }
  if (!isTrustList(parts)) context.addIssue({ code: 'custom' })
  return parts
}

/** What the agent and the other commands read; all may run from one environment, as `overlaps up` does. */
const AGENT_VARIABLES =
  /^OVERLAPS_(HUB|TOKEN|KEY_FILE|CONCURRENCY|LABEL|REGION|COMPLAINTS_URL|DENIED_HOSTS|TEST_\w+|VECTORS_DIR)$/

/** A misspelt setting would be ignored in silence. */
function findUnknown(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('OVERLAPS_') && !(name in VARIABLES) && !AGENT_VARIABLES.test(name))
    .map((name) => `${name}: there is no such setting`)
}

/** A value that may hold a password is not repeated. */
function shown(name: string, value: string | undefined): string {
  return name === 'DATABASE_URL' ? 'what it is set to' : JSON.stringify(value)
}
