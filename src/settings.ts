import type { RateLimits } from './rates.js'

/** What an operator may set, checked and in the units its names say. `src/hub/read-settings.ts` reads it from the environment. */
export interface Settings {
  /** Port that HTTP and WebSocket listen on; 0 takes a free one. */
  port: number
  /** Address that the hub binds to. */
  host: string
  /** PostgreSQL's URL, or null for the embedded database in `dataDir`. */
  databaseUrl: string | null
  dataDir: string
  /** Origins that validators may name in the statements they sign; never empty once the hub listens. */
  origins: readonly string[]
  /** Which proxies are believed when they say whose a request is. */
  trustProxy: TrustProxy
  /** Origins of other hosts whose pages may use the API from a browser. */
  corsOrigins: readonly string[]
  /** When rounds begin, as a cron expression with optional seconds. */
  roundCron: string
  /** How long after a round's instant its answers are taken; null is PROTOCOL §4's min(45 s, ¾ of the interval). */
  roundDeadlineMs: number | null
  /** How long the starts of a round's checks are spread over; null is PROTOCOL §4's min(20 s, ⅓ of the interval). */
  roundSpreadMs: number | null
  /** Lamports for each accepted tick. */
  tickRewardLamports: bigint
  /** Whole days that ticks, submissions and rosters are kept. */
  tickRetentionDays: number
  /** Whole days that the verdicts of single rounds are kept. */
  verdictRetentionDays: number
  /** Whole days that rollups are kept; null is for ever. */
  rollupRetentionDays: number | null
  /** Whether strangers may register as owners. */
  registration: 'open' | 'closed'
  /** Keys of one network that may take part; null is any number. */
  keysPerNetworkMax: number | null
  /** Whether websites may point into private networks. */
  allowPrivateTargets: boolean
  /** Ports that websites and webhooks may have where they may not be private. */
  targetPorts: 'ANY' | readonly number[]
  /** Checks that one host may get in a minute, over the whole fleet and all owners; null is no limit. */
  hostBudget: number | null
  /** Whether validators are sent only to websites whose owner has proven the host to be theirs. */
  requireOwnership: boolean
  /** Ticks that may wait for their commit, over all validators. */
  waitingTicksMax: number
  /** Connections to PostgreSQL. */
  databaseConnections: number
  /** Connections of all kinds. */
  connectionsMax: number
  /** How much of each there may be in a minute. */
  rates: RateLimits
  /** Bytes of a WebSocket message or an HTTP body. */
  messageMaxBytes: number
  /** Bytes that may wait for one peer to read them. */
  outgoingMaxBytes: number
  /** Bytes that must be free where the embedded database is. */
  diskFreeMinBytes: number
  /** The most that one document may ask for. */
  documentLimits: DocumentLimits
  /** Tokens of a document. */
  documentTokensMax: number
  /** Whether the schema may be asked for. */
  introspection: boolean
  logLevel: LogLevel
}

/** Nobody; the so many proxies that stand one behind the other in front of the hub; or those of some addresses. */
export type TrustProxy = null | number | readonly string[]

/** What a document comes to with its fragments spread out. */
export interface DocumentLimits {
  /** Fields below each other. */
  depth: number
  /** Fields that are given another name, `__typename` among them. */
  aliases: number
  directives: number
  /** Fields, each times the sizes of the pages that it stands on. */
  cost: number
  /** Mutations of one document: each is one attempt, whatever it is called. */
  mutations: number
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]
