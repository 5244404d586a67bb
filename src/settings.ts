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
  /** Port that HTTP and WebSocket listen on; 0 takes a free one. */
  port: whole('PORT', { otherwise: 8081, least: 0, most: 65_535, unit: 'a port' }),
  /** Address that the hub binds to. */
  host: text('OVERLAPS_HOST', '::', 'an address of this machine'),
  /** Origins that validators may name in the statements they sign; never empty once the hub listens. */
  origins: origins('OVERLAPS_ORIGINS', 'https://hub.example'),
  /** Which proxies are believed when they say whose a request is. */
  trustProxy: setting<TrustProxy>({
    variable: 'OVERLAPS_TRUST_PROXY',
    otherwise: null,
    expected: 'a number of proxies from 1 to 20, or addresses and networks separated by commas, such as loopback',
    read: parseTrustProxy,
  }),
  /** Origins of other hosts whose pages may use the API from a browser. */
  corsOrigins: origins('OVERLAPS_CORS_ORIGINS', 'https://status.example'),
  /** Connections of all kinds. One more is cut off at once. */
  connectionsMax: whole('OVERLAPS_CONNECTIONS_MAX', {
    otherwise: 10_000,
    least: 100,
    most: 1_000_000,
    unit: 'connections',
  }),
  /**
   * Bytes of a WebSocket message or of an HTTP body: 500 ticks take a third of it. Beyond it a socket is closed with 1009
   * and a request answered with 413. In the least of it 500 ticks with every field at its longest still fit; the most is
   * bounded, for a message is held as a whole, and as text once more.
   */
  messageMaxBytes: whole('OVERLAPS_MESSAGE_MAX_BYTES', {
    otherwise: 1024 ** 2,
    least: 512 * 1024,
    most: 64 * 1024 ** 2,
    unit: 'bytes',
  }),
  /**
   * Bytes that may wait in the hub for one peer to read them, besides the message that is being written: at least some
   * answers that a peer has asked for together. Beyond it the peer's socket ends without a word, for it reads none.
   */
  outgoingMaxBytes: whole('OVERLAPS_OUTGOING_MAX_BYTES', {
    otherwise: 4 * 1024 ** 2,
    least: 64 * 1024,
    most: 1024 ** 3,
    unit: 'bytes',
  }),
}

const database = {
  /** PostgreSQL's URL, or null for the embedded database in `dataDir`. */
  databaseUrl: setting<string | null>({
    variable: 'DATABASE_URL',
    otherwise: null,
    expected: 'a URL such as postgresql://user:password@host:5432/database',
    read: (url) => (/^postgres(ql)?:\/\/./.test(url) && parseUrl(url) !== null ? url : undefined),
    isSecret: true,
  }),
  /** Folder of the embedded database, the lock and the operator token. */
  dataDir: text('OVERLAPS_DATA_DIR', './data', 'a folder'),
  /** Connections to PostgreSQL: whoever holds a lock keeps one and needs another for the work itself. */
  databaseConnections: whole('OVERLAPS_DATABASE_CONNECTIONS', {
    otherwise: DATABASE_CONNECTIONS,
    least: 4,
    most: 1_000,
    unit: 'connections',
  }),
  /** How long a hub that starts waits for a database that does not answer; then it ends. */
  databaseWaitMs: whole('OVERLAPS_DATABASE_WAIT_MS', {
    otherwise: DATABASE_WAIT_MS,
    least: 0,
    most: HOUR_MS,
    unit: 'milliseconds',
  }),
  /**
   * Ticks that may wait to be committed, over all validators: some seconds of a database that stalls, a kilobyte each. A
   * submission beyond it is refused with UNAVAILABLE, and its validator sends it again.
   */
  waitingTicksMax: whole('OVERLAPS_WAITING_TICKS_MAX', {
    otherwise: 50_000,
    least: TICKS_PER_BATCH_MAX,
    most: 10_000_000,
    unit: 'ticks',
  }),
  /** Bytes that must be free where the embedded database is. */
  diskFreeMinBytes: whole('OVERLAPS_DISK_FREE_MIN_BYTES', {
    otherwise: DISK_FREE_MIN_BYTES,
    least: 0,
    most: 10 ** 15 - 1,
    unit: 'bytes',
  }),
}

const rounds = {
  /** When rounds begin, as a cron expression with optional seconds. */
  roundCron: text('OVERLAPS_ROUND_CRON', '* * * * *', 'a cron expression'),
  /** How long after a round's instant its answers are taken; null is PROTOCOL §4's min(45 s, ¾ of the interval). */
  roundDeadlineMs: wholeOrNone('OVERLAPS_ROUND_DEADLINE_MS', {
    least: 1,
    most: DAY_MS,
    unit: 'milliseconds',
    none: 'what fits the interval',
  }),
  /** How long the starts of a round's checks are spread over; null is PROTOCOL §4's min(20 s, ⅓ of the interval). */
  roundSpreadMs: wholeOrNone('OVERLAPS_ROUND_SPREAD_MS', {
    least: 0,
    most: DAY_MS,
    unit: 'milliseconds',
    none: 'what fits the interval',
  }),
  /** Lamports for each accepted tick. */
  tickRewardLamports: setting<bigint>({
    variable: 'OVERLAPS_TICK_REWARD',
    otherwise: 100n,
    expected: 'a whole number of lamports, of at most 15 digits',
    read: (lamports) => (/^\d{1,15}$/.test(lamports) ? BigInt(lamports) : undefined),
  }),
}

const keptDays = { least: 1, most: 36_500, unit: 'whole days' }
const retention = {
  /** Whole days that ticks, submissions and rosters are kept. */
  tickRetentionDays: whole('OVERLAPS_TICK_RETENTION_DAYS', { ...keptDays, otherwise: 7 }),
  /** Whole days that the verdicts of single rounds are kept. */
  verdictRetentionDays: whole('OVERLAPS_VERDICT_RETENTION_DAYS', { ...keptDays, otherwise: 90 }),
  /** Whole days that rollups are kept; null is for ever. */
  rollupRetentionDays: wholeOrNone('OVERLAPS_ROLLUP_RETENTION_DAYS', { ...keptDays, none: 'ever' }),
}

const guards = {
  /** Whether strangers may register as owners. */
  registration: choice('OVERLAPS_REGISTRATION', 'closed', ['open', 'closed']),
  /** Keys of one network that may take part; null is any number. */
  keysPerNetworkMax: wholeOrNone('OVERLAPS_MAX_KEYS_PER_NETWORK', {
    least: 1,
    most: 1_000_000,
    unit: 'keys',
    none: 'any number',
  }),
  /** Whether websites may point into private networks. */
  allowPrivateTargets: flag('OVERLAPS_ALLOW_PRIVATE_TARGETS', false),
  /** Ports that websites and webhooks may have where they may not be private. */
  targetPorts: setting<TargetPorts>({
    variable: 'OVERLAPS_TARGET_PORTS',
    otherwise: ORDINARY_PORTS,
    expected: 'ports from 1 to 65535 separated by commas, or any',
    read: (ports) => parseTargetPorts(ports) ?? undefined,
  }),
  /** Checks that one host may get in a minute, over the whole fleet and all owners; null is no limit. */
  hostBudget: wholeOrNone('OVERLAPS_HOST_BUDGET', {
    least: 1,
    most: 1_000_000,
    unit: 'checks in a minute',
    none: 'no limit',
  }),
  /** Whether validators are sent only to websites whose owner has proven the host to be theirs. */
  requireOwnership: flag('OVERLAPS_REQUIRE_OWNERSHIP', false),
}

/** How much of each there may be in a minute; what cannot be set is in `RATES`. */
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

/**
 * What a document may come to with its fragments spread out. Beyond it nothing of it is run: LIMIT_EXCEEDED. Introspection
 * counts for its tokens only.
 */
const documentLimits = {
  /** Fields below each other; a page within a page takes 8. */
  depth: whole('OVERLAPS_DOCUMENT_DEPTH_MAX', { otherwise: 15, least: 4, most: 100, unit: 'fields below each other' }),
  /** Fields that are given another name, `__typename` among them. */
  aliases: whole('OVERLAPS_DOCUMENT_ALIASES_MAX', { otherwise: 100, least: 0, most: 10_000, unit: 'aliases' }),
  directives: whole('OVERLAPS_DOCUMENT_DIRECTIVES_MAX', { otherwise: 50, least: 0, most: 10_000, unit: 'directives' }),
  /** Fields, each times the sizes of the pages that it stands on: 100 with 10 fields and a page of 100 each, by default. */
  cost: whole('OVERLAPS_DOCUMENT_COST_MAX', {
    otherwise: 100_000,
    least: 1_000,
    most: 1_000_000_000,
    unit: 'fields times page sizes',
  }),
  /** Mutations of one document: each is one attempt, whatever it is called. */
  mutations: whole('OVERLAPS_DOCUMENT_MUTATIONS_MAX', { otherwise: 20, least: 1, most: 1_000, unit: 'mutations' }),
}

const documents = {
  /** Tokens of a document: GraphiQL's introspection takes some 400. They bound how deep the parser calls itself. */
  documentTokensMax: whole('OVERLAPS_DOCUMENT_TOKENS_MAX', {
    otherwise: 4_000,
    least: 500,
    most: 20_000,
    unit: 'tokens',
  }),
  /** Whether the schema may be asked for. */
  introspection: flag('OVERLAPS_INTROSPECTION', true),
}

const log = {
  logLevel: choice('OVERLAPS_LOG_LEVEL', 'info', ['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
}

/** Every setting of a hub, in the order of docs/operators.md. */
export const SETTINGS = { http, database, rounds, retention, guards, rates, documentLimits, documents, log }
type Groups = typeof SETTINGS

/** What an operator has set, checked and in the units its names say. `src/hub/read-settings.ts` reads it. */
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

/** Origins of http or https, separated by commas. */
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
