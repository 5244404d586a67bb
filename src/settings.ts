import { DATABASE_CONNECTIONS, DATABASE_WAIT_MS, DISK_FREE_MIN_BYTES, RATES, RATES_MAX } from './limits.js'
import { TICKS_PER_BATCH_MAX } from './protocol/limits.js'
import { parseUrl } from './protocol/parse-url.js'
import { ORDINARY_PORTS, parseTargetPorts, type TargetPorts } from './protocol/target-ports.js'
import { hubOrigin } from './protocol/text-forms.js'
import type { RateLimits } from './rates.js'
import { choice, flag, type Setting, setting, text, type Values, whole, wholeOrNone } from './setting-rows.js'
import { DAY_MS, HOUR_MS } from './time.js'
import { parseTrustProxy, type TrustProxy } from './trust-proxy.js'

const http = {
  /** 0 takes a free port. */
  port: whole('PORT', { otherwise: 8081, least: 0, most: 65_535, unit: 'a port' }),
  host: text('OVERLAPS_HOST', '::', 'an address of this machine'),
  /** Origins that validators may name in the statements they sign; never empty once the hub listens. */
  origins: origins('OVERLAPS_ORIGINS', 'https://hub.example'),
  /** Where people reach the hub, for the links that it hands out; null is the first of `origins`, else this machine. */
  publicUrl: setting<string | null>({
    variable: 'OVERLAPS_PUBLIC_URL',
    otherwise: null,
    expected: 'an http or https origin, such as https://hub.example',
    read: (url) => (/^https?:\/\/[^/?#]+\/?$/i.test(url) ? (hubOrigin(url) ?? undefined) : undefined),
  }),
  trustProxy: setting<TrustProxy>({
    variable: 'OVERLAPS_TRUST_PROXY',
    otherwise: null,
    expected: 'a number of proxies from 1 to 20, or addresses and networks separated by commas, such as loopback',
    read: parseTrustProxy,
  }),
  corsOrigins: origins('OVERLAPS_CORS_ORIGINS', 'https://status.example'),
  /** One more is cut off at once. */
  connectionsMax: whole('OVERLAPS_CONNECTIONS_MAX', {
    otherwise: 10_000,
    least: 100,
    most: 1_000_000,
    unit: 'connections',
  }),
  /**
   * 500 of the longest ticks fit into the least; the most is bounded, for a message is held whole, and once more as
   * text. Beyond it a socket is closed with 1009 and a request answered with 413.
   */
  messageMaxBytes: whole('OVERLAPS_MESSAGE_MAX_BYTES', {
    otherwise: 1024 ** 2,
    least: 512 * 1024,
    most: 64 * 1024 ** 2,
    unit: 'bytes',
  }),
  /** Bytes of the answer to one document, subscriptions aside; making it stops there with LIMIT_EXCEEDED. */
  answerMaxBytes: whole('OVERLAPS_ANSWER_MAX_BYTES', {
    otherwise: 4 * 1024 ** 2,
    least: 32 * 1024,
    most: 512 * 1024 ** 2,
    unit: 'bytes',
  }),
  /** Bytes that wait for one peer to read them; at least two answers. Beyond it its socket is cut off without a message, as it reads none. */
  outgoingMaxBytes: whole('OVERLAPS_OUTGOING_MAX_BYTES', {
    otherwise: 8 * 1024 ** 2,
    least: 64 * 1024,
    most: 1024 ** 3,
    unit: 'bytes',
  }),
}

const database = {
  /** Null is the embedded database in `dataDir`. */
  databaseUrl: setting<string | null>({
    variable: 'DATABASE_URL',
    otherwise: null,
    expected: 'a URL such as postgresql://user:password@host:5432/database',
    read: (url) => (/^postgres(ql)?:\/\/./.test(url) && parseUrl(url) !== null ? url : undefined),
    isSecret: true,
  }),
  /** Holds the embedded database, the lock and the operator token. */
  dataDir: text('OVERLAPS_DATA_DIR', './data', 'a folder'),
  /** Whoever holds a lock keeps one connection and needs another for the work itself. */
  databaseConnections: whole('OVERLAPS_DATABASE_CONNECTIONS', {
    otherwise: DATABASE_CONNECTIONS,
    least: 4,
    most: 1_000,
    unit: 'connections',
  }),
  /** How long a hub that starts waits for a database that does not answer; then it exits. */
  databaseWaitMs: whole('OVERLAPS_DATABASE_WAIT_MS', {
    otherwise: DATABASE_WAIT_MS,
    least: 0,
    most: HOUR_MS,
    unit: 'milliseconds',
  }),
  /** A kilobyte each: a few seconds of a stalled database. Beyond it: UNAVAILABLE, and agents retry. */
  waitingTicksMax: whole('OVERLAPS_WAITING_TICKS_MAX', {
    otherwise: 50_000,
    least: TICKS_PER_BATCH_MAX,
    most: 10_000_000,
    unit: 'ticks',
  }),
  diskFreeMinBytes: whole('OVERLAPS_DISK_FREE_MIN_BYTES', {
    otherwise: DISK_FREE_MIN_BYTES,
    least: 0,
    most: 10 ** 15 - 1,
    unit: 'bytes',
  }),
}

const rounds = {
  /** With optional seconds. */
  roundCron: text('OVERLAPS_ROUND_CRON', '* * * * *', 'a cron expression'),
  /** After a round's instant; null is PROTOCOL §4's min(45 s, ¾ of the interval). */
  roundDeadlineMs: wholeOrNone('OVERLAPS_ROUND_DEADLINE_MS', {
    least: 1,
    most: DAY_MS,
    unit: 'milliseconds',
    none: 'what fits the interval',
  }),
  /** Over which a round's checks start; null is PROTOCOL §4's min(20 s, ⅓ of the interval). */
  roundSpreadMs: wholeOrNone('OVERLAPS_ROUND_SPREAD_MS', {
    least: 0,
    most: DAY_MS,
    unit: 'milliseconds',
    none: 'what fits the interval',
  }),
  tickRewardLamports: setting<bigint>({
    variable: 'OVERLAPS_TICK_REWARD',
    otherwise: 100n,
    expected: 'a whole number of lamports, of at most 15 digits',
    read: (lamports) => (/^\d{1,15}$/.test(lamports) ? BigInt(lamports) : undefined),
  }),
}

const keptDays = { least: 1, most: 36_500, unit: 'whole days' }
const retention = {
  /** For ticks, submissions and rosters. */
  tickRetentionDays: whole('OVERLAPS_TICK_RETENTION_DAYS', { ...keptDays, otherwise: 7 }),
  verdictRetentionDays: whole('OVERLAPS_VERDICT_RETENTION_DAYS', { ...keptDays, otherwise: 90 }),
  rollupRetentionDays: wholeOrNone('OVERLAPS_ROLLUP_RETENTION_DAYS', { ...keptDays, none: 'ever' }),
}

const guards = {
  registration: choice('OVERLAPS_REGISTRATION', 'closed', ['open', 'closed']),
  keysPerNetworkMax: wholeOrNone('OVERLAPS_MAX_KEYS_PER_NETWORK', {
    least: 1,
    most: 1_000_000,
    unit: 'keys',
    none: 'any number',
  }),
  allowPrivateTargets: flag('OVERLAPS_ALLOW_PRIVATE_TARGETS', false),
  /** Ports of websites and webhooks, unless private targets are allowed. */
  targetPorts: setting<TargetPorts>({
    variable: 'OVERLAPS_TARGET_PORTS',
    otherwise: ORDINARY_PORTS,
    expected: 'ports from 1 to 65535 separated by commas, or any',
    read: (ports) => parseTargetPorts(ports) ?? undefined,
  }),
  /** Per minute, over all validators and owners; null is no limit. */
  hostBudget: wholeOrNone('OVERLAPS_HOST_BUDGET', {
    least: 1,
    most: 1_000_000,
    unit: 'checks in a minute',
    none: 'no limit',
  }),
  /** Whether only websites whose host is proven to be the owner's are checked. */
  requireOwnership: flag('OVERLAPS_REQUIRE_OWNERSHIP', false),
}

/** Per minute; rates that cannot be set are in `RATES`. */
const rates = {
  ANONYMOUS_COST: whole('OVERLAPS_RATE_ANONYMOUS_PER_MINUTE', {
    otherwise: RATES.ANONYMOUS_COST,
    least: 100,
    most: RATES_MAX,
    unit: 'cost',
  }),
  ACCOUNT_COST: whole('OVERLAPS_RATE_OWNER_PER_MINUTE', {
    otherwise: RATES.ACCOUNT_COST,
    least: 100,
    most: RATES_MAX,
    unit: 'cost',
  }),
  LOG_INS: whole('OVERLAPS_RATE_LOG_INS_PER_MINUTE', {
    otherwise: RATES.LOG_INS,
    least: 1,
    most: RATES_MAX,
    unit: 'passwords',
  }),
  SIGNUPS: whole('OVERLAPS_RATE_SIGNUPS_PER_MINUTE', {
    otherwise: RATES.SIGNUPS,
    least: 1,
    most: RATES_MAX,
    unit: 'signups',
  }),
  BAD_SUBMISSIONS: whole('OVERLAPS_RATE_BAD_SIGNATURES_PER_MINUTE', {
    otherwise: RATES.BAD_SUBMISSIONS,
    least: 1,
    most: RATES_MAX,
    unit: 'submissions',
  }),
}

/** With fragments spread out. Beyond them nothing runs: LIMIT_EXCEEDED. Introspection is bounded by its tokens only. */
const documentLimits = {
  /** A page within a page takes 8. */
  depth: whole('OVERLAPS_DOCUMENT_DEPTH_MAX', { otherwise: 15, least: 4, most: 100, unit: 'levels of nested fields' }),
  aliases: whole('OVERLAPS_DOCUMENT_ALIASES_MAX', { otherwise: 100, least: 0, most: 10_000, unit: 'aliases' }),
  directives: whole('OVERLAPS_DOCUMENT_DIRECTIVES_MAX', { otherwise: 50, least: 0, most: 10_000, unit: 'directives' }),
  /** Fields times the sizes of the pages they are on: by default 100 items of 10 fields with a page of 100 each. */
  cost: whole('OVERLAPS_DOCUMENT_COST_MAX', {
    otherwise: 100_000,
    least: 1_000,
    most: 1_000_000_000,
    unit: 'fields times page sizes',
  }),
  /** Each is one attempt, whatever its alias. */
  mutations: whole('OVERLAPS_DOCUMENT_MUTATIONS_MAX', { otherwise: 20, least: 1, most: 1_000, unit: 'mutations' }),
}

const documents = {
  /** GraphiQL's introspection takes about 400. They bound the recursion of the parser. */
  documentTokensMax: whole('OVERLAPS_DOCUMENT_TOKENS_MAX', {
    otherwise: 4_000,
    least: 500,
    most: 20_000,
    unit: 'tokens',
  }),
  introspection: flag('OVERLAPS_INTROSPECTION', true),
}

const log = {
  logLevel: choice('OVERLAPS_LOG_LEVEL', 'info', ['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
}

/** In the order of docs/operators.md. */
export const SETTINGS = { http, database, rounds, retention, guards, rates, documentLimits, documents, log }
type Groups = typeof SETTINGS

/** Checked, and in the units the names say. `src/hub/read-settings.ts` reads them. */
export interface Settings
  extends
    Values<Groups['http']>,
    Values<Groups['database']>,
    Values<Groups['rounds']>,
    Values<Groups['retention']>,
    Values<Groups['guards']>,
    Values<Groups['documents']>,
    Values<Groups['log']> {
  rates: RateLimits
  documentLimits: DocumentLimits
}
export type DocumentLimits = Values<Groups['documentLimits']>
export type LogLevel = Settings['logLevel']

function origins(variable: string, example: string): Setting<readonly string[]> {
  return {
    variable,
    otherwise: [],
    expected: `http or https origins separated by commas, such as ${example}`,
    read(list) {
      const read = list.split(',').map((part) => hubOrigin(part.trim()))
      return read.every((origin) => origin !== null) ? read : undefined
    },
  }
}
