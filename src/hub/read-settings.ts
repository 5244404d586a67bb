import { z } from 'zod'
import { StartFault } from '../problem.js'
import { hubOrigin } from '../protocol/text-forms.js'
import { findRoundFaults } from '../round/round-times.js'
import { LOG_LEVELS, type Settings } from '../settings.js'

/** A variable that is set to nothing counts as not set: that is how shells and Compose files leave one out. */
const unset = (value: unknown) => (value === '' ? undefined : value)
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(unset, schema)

const whole = (least: number, greatest: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= greatest)
const flag = z.enum(['0', '1']).transform((value) => value === '1')

const DAY_MS = 86_400_000

interface Variable {
  schema: z.ZodType
  expected: string
}

/** Every variable that the hub reads, with what is expected of it; docs/operators.md explains them. */
const VARIABLES = {
  PORT: { schema: whole(0, 65_535).default(8081), expected: 'a port from 0 to 65535' },
  OVERLAPS_HOST: { schema: z.string().default('::'), expected: 'an address of this machine' },
  DATABASE_URL: {
    schema: z
      .string()
      .regex(/^postgres(ql)?:\/\/./)
      .refine(URL.canParse)
      .nullable()
      .default(null),
    expected: 'a URL such as postgresql://user:password@host:5432/database',
  },
  OVERLAPS_DATA_DIR: { schema: z.string().default('./data'), expected: 'a folder' },
  OVERLAPS_ORIGINS: {
    schema: z.string().transform(splitOrigins).pipe(z.array(z.string())).default([]),
    expected: 'http or https origins separated by commas, such as https://hub.example',
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
  OVERLAPS_ALLOW_PRIVATE_TARGETS: { schema: flag.default(false), expected: '1 or 0' },
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
    roundCron: read.OVERLAPS_ROUND_CRON,
    roundDeadlineMs: read.OVERLAPS_ROUND_DEADLINE_MS,
    roundSpreadMs: read.OVERLAPS_ROUND_SPREAD_MS,
    tickRewardLamports: read.OVERLAPS_TICK_REWARD,
    tickRetentionDays: read.OVERLAPS_TICK_RETENTION_DAYS,
    verdictRetentionDays: read.OVERLAPS_VERDICT_RETENTION_DAYS,
    rollupRetentionDays: read.OVERLAPS_ROLLUP_RETENTION_DAYS,
    registration: read.OVERLAPS_REGISTRATION,
    allowPrivateTargets: read.OVERLAPS_ALLOW_PRIVATE_TARGETS,
    logLevel: read.OVERLAPS_LOG_LEVEL,
  }
}

function splitOrigins(text: string, context: z.RefinementCtx): string[] {
  const origins = text.split(',').map((part) => hubOrigin(part.trim()))
  if (origins.includes(null)) context.addIssue({ code: 'custom' })
  return origins.filter((origin) => origin !== null)
}

/** What the agent reads; both may run from one environment, as `overlaps up` does. */
const AGENT_VARIABLES =
  /^OVERLAPS_(HUB|KEY_FILE|CONCURRENCY|LABEL|REGION|COMPLAINTS_URL|DENIED_HOSTS|TEST_\w+|VECTORS_DIR)$/

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
