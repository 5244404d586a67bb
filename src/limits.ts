import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './time.js'

/** The hub's own limits, with reasons. `protocol/limits.ts` has the protocol's, `settings.ts` what operators set. */

/** Messages this large take milliseconds to parse, so they queue; smaller ones, such as pings, are handled at once. */
export const LARGE_MESSAGE_MIN_BYTES = 16 * 1024
/** About 5 ms of work, over all sockets. The rest waits in the peers' kernels. */
export const READ_PER_TURN_MAX_BYTES = 1024 * 1024
/** Large messages that wait for their turn, over all sockets. Beyond it nothing large is read. */
export const WAITING_MESSAGES_MAX_BYTES = 2 * 1024 * 1024
/** An agent needs one for its tasks and a few for its answers. One more is answered with BAD_USER_INPUT. */
export const OPERATIONS_PER_SOCKET_MAX = 100
/** Longer than any valid value of a protocol scalar: refused with BAD_USER_INPUT before it costs anything. */
export const SCALAR_LENGTH_MAX = 200
/** About 5 ms of work; the rest of the batch follows in the next turns. */
export const JUDGED_PER_TURN_MAX = 125

/** Fields of a document with its fragments expanded, counted before validation. Beyond it LIMIT_EXCEEDED. */
export const MERGED_FIELDS_MAX = 10_000
/** Pairs of fields that validation compares, 5 µs each: a hundred with one name in one place. Beyond it LIMIT_EXCEEDED. */
export const MERGED_PAIRS_MAX = 5_000
/** Errors reported for a document: each may search all names of the schema for suggestions. */
export const VALIDATION_ERRORS_MAX = 20
/** Valid documents kept parsed, which takes about eighty bytes a character. */
export const KNOWN_DOCUMENTS_MAX_CHARACTERS = 256 * 1024

/** A larger `first` or `last` is answered with BAD_USER_INPUT. */
export const PAGE_SIZE_MAX = 100
export const PAGE_SIZE_DEFAULT = 20
/** Rounds that may wait for a slow validator. The oldest is dropped, since its deadline is the nearest. */
export const WAITING_ROUNDS_MAX = 2
/** Owners may give a check a body of 64 KiB; 500 of those in one event would be 32 MB for every socket at once. */
export const TASKS_EVENT_MAX_CHARACTERS = 512 * 1024
export const WEBSITE_SEARCH_LENGTH_MAX = 200
/** For one `createWebsites` or `websiteChanged`. */
export const WEBSITES_NAMED_MAX = 100
export const NODES_NAMED_MAX = 100
export const FOLLOWED_WEBSITES_PER_READ = 100
/** Ten times the websites of the largest owner. Beyond it `websiteChanged` ends with UNAVAILABLE. */
export const PENDING_NEWS_MAX = 10_000

/** Few are enough: the hot path runs one statement at a time. Operations wait for one at most DATABASE_CONNECT_MS. */
export const DATABASE_CONNECTIONS = 10
/** PGlite runs on the event loop, so a statement there holds up everything else. */
export const ROWS_PER_STATEMENT_MAX = { postgres: 2_500, pglite: 500 } as const
/** A row may hold 500 leaf hashes: about 8 MB at most. */
export const BACKUP_ROWS_PER_STATEMENT = 250
/** Unless a single row has more. */
export const BACKUP_STATEMENT_MAX_CHARACTERS = 1024 * 1024
/** Far longer than any row. A file with a longer line is refused. */
export const BACKUP_LINE_MAX_BYTES = 16 * 1024 * 1024
/** A backup holds old rows back, so it is broken off when its reader stalls for this long. */
export const BACKUP_PATIENCE_MS = MINUTE_MS

/** One is enough as evidence, and each takes about 20 KB. Further ones are refused but not kept. */
export const CONFLICTS_PER_VALIDATOR_MAX = 20
/** A megabyte at most. */
export const CONFLICTS_PER_STATEMENT = 50

// Exports. Each holds a page of rows and keeps the database busy. One more is answered with 429; stalled ones end.

export const EXPORTS_MAX = 4
export const EXPORTS_PER_OWNER_MAX = 2
export const EXPORT_RETRY_AFTER_S = 10
export const EXPORT_PATIENCE_MS = MINUTE_MS

/** All of them are sent to every validator. One more is refused with TOO_MANY_HOSTS. */
export const DENIED_HOSTS_MAX = 1_000

// Caches; the least used entry is dropped.

/** Five times the websites of a round of 10,000. */
export const KNOWN_TASKS_MAX = 50_000
export const KNOWN_VALIDATORS_MAX = 20_000
/** For each kind of rate; about 20 MB when all are full. */
export const RATE_KEYS_MAX = 20_000
/** Pairs of a key or token that has proved itself and the address it came from. */
export const VOUCHED_MAX = 50_000
/** Agents of each version send a few documents. */
export const COMPILED_DOCUMENTS_MAX = 64

/** A key counts for the network of its last signup. An agent that works signs up every day. */
export const NETWORK_PLACE_MS = DAY_MS
/** UTC days of agreement with verdicts after which a key is let into a full network. */
export const RECORD_DAYS = 7

/** For how long an address is known after a log-in. */
export const LOG_IN_PLACE_MS = 30 * DAY_MS
/** Known addresses per account; the one unused for longest gives way. */
export const LOG_IN_PLACES_MAX = 10

/** 32 MiB each, on two of the four threads of Node's pool, which also verifies signatures. */
export const PASSWORDS_RUNNING_MAX = 2
/** About four seconds of waiting. One more is refused with RATE_LIMITED. */
export const PASSWORDS_WAITING_MAX = 32

// Rates, per minute unless LONG_RATES_S says otherwise. Beyond them: RATE_LIMITED, with the seconds to wait. `settings.ts` makes some of
// them settable.

/** An IPv6 address counts as its /64. */
export const RATES = {
  /** Of an address without a token: 10 for each request and 1 for each field, as documents are priced. */
  ANONYMOUS_COST: 30_000,
  /** Of an owner or a validator, by token, from whatever address. */
  ACCOUNT_COST: 1_000_000,
  /** Unknown tokens, by address: each costs a database lookup. */
  BAD_TOKENS: 120,
  /** By address: each costs a quarter of a second of hashing. */
  LOG_INS: 30,
  /** Wrong passwords of one account from one address. */
  WRONG_PASSWORDS_FROM_ADDRESS: 10,
  /** In an hour, from all addresses. Addresses from which the account has logged in lately are exempt, so that nobody locks an owner out. */
  WRONG_PASSWORDS_OF_ACCOUNT: 100,
  /** By address; four for each signup, since some get lost. */
  CHALLENGES: 480,
  /** Of validators and owners, by address. */
  SIGNUPS: 120,
  /** Each leaves a session in the database. */
  SIGNUPS_OF_KEY: 10,
  /** By address: each may cost a verification. Keys that have proved themselves there are counted apart. */
  BAD_SUBMISSIONS: 120,
  /** Ticks that were signed but not stored, and claims that changed nothing: repeats, late ones, wrong ones. What is stored is bounded by the tasks. */
  SPARE_TICKS_OF_KEY: 100_000,
  /** Each costs a database lookup. */
  TASK_STREAMS_OF_KEY: 600,
  /** By owner: each sends requests to a host of the owner's choice. */
  OWNERSHIP_LOOKS: 10,
  /** By host, so that many owners together cannot make the hub a nuisance to it. */
  OWNERSHIP_LOOKS_AT_HOST: 30,
} as const
/** Windows longer than a minute, in seconds. */
export const LONG_RATES_S: Readonly<Record<string, number>> = { WRONG_PASSWORDS_OF_ACCOUNT: HOUR_MS / SECOND_MS }
export const RATES_MAX = 1_000_000_000
/** Charged for every request on top of its fields, and for every faulty one. */
export const REQUEST_COST = 10
/** Values of the schema at the cost of one field. */
export const INTROSPECTED_PER_COST = 100
/** Values of the schema in one document, by estimate: GraphiQL asks for 80,000. Beyond it LIMIT_EXCEEDED. */
export const INTROSPECTED_MAX = 300_000
export const CHALLENGES_PER_SIGNUP = 4
/** Channel documents up to this length pass whatever else their address has asked for; an agent's take about 600. */
export const CHANNEL_DOCUMENT_MAX_CHARACTERS = 4_096

/** An address may be a company's or an untrusted proxy's. One more is cut off at once. */
export const CONNECTIONS_PER_ADDRESS_MAX = 2_000
/** WebSockets without a token, by address. One more is refused with 429 before the upgrade. */
export const SESSIONLESS_SOCKETS_MAX = 100
/** Beyond it: 431. */
export const HEADERS_MAX_BYTES = 16 * 1024
/** From the connection, or from the previous request. Beyond it: 408. */
export const HEADERS_MS = 10_000
/** Beyond it: 408. With CONNECTIONS_CHECK_MS, half-sent requests end within 30 s. */
export const REQUEST_MS = 25_000
export const KEEP_ALIVE_MS = 5_000
/** For peers that are still sending to read the last answer on their connection. */
export const PARTING_MS = 5_000
/** Discarded of what such a peer sends. Beyond it the connection is reset. */
export const PARTING_MAX_BYTES = 16 * 1024 * 1024
/** How often Node.js enforces the timeouts above. */
export const CONNECTIONS_CHECK_MS = 2_000
export const CORS_MAX_AGE_S = 600

/** A socket without connection_init by then is closed with 4408, after 5 s at most. */
export const SOCKET_INIT_MS = 4_500
/** A peer that misses one ping is gone: noticed within two intervals. */
export const PING_INTERVAL_MS = 12_000
/** Bans by this hub take effect at once, those by other hubs or in the database within 5 s, lookup included. */
export const LIVE_ACCESS_CHECK_MS = 3_000
/** `docker stop` kills after ten seconds. When this is over the hub leaves whatever hangs. */
export const STOP_MS = 8_000
/** For peers and requests to end properly when the hub stops; then they are cut off. */
export const GOODBYE_MS = 1_000
/** Beyond it the operation fails with UNAVAILABLE. */
export const DATABASE_CONNECT_MS = 5_000
export const DATABASE_WAIT_MS = MINUTE_MS
export const DATABASE_RETRY_MS = 500
/** Between two tries to begin a round, while its deadline is ahead. */
export const ROUND_RETRY_MS = 500
/** PostgreSQL then cancels the statement: UNAVAILABLE. */
export const DATABASE_STATEMENT_MS = 30_000
/** Longer than PostgreSQL's own timeout: beyond it the connection counts as lost. */
export const DATABASE_ANSWER_MS = 35_000
export const DATABASE_BEAT_MS = 500
/** Every waiting operation then fails, within 3 s of PostgreSQL's last answer. */
export const DATABASE_BEATS_MISSED_MAX = 5
/** From then on a submission is answered with UNAVAILABLE as soon as commits stall. */
export const SUBMISSION_MS = 3_000
/** Without a commit for this long the database counts as stopped; with the above, a peer hears within 5 s. */
export const COMMITS_STALLED_MS = 2_000
/** How far the machine's clock may be behind the newest round for the hub to start from there. */
export const CLOCK_BEHIND_MAX_MS = DAY_MS
/** From PostgreSQL's clock, or behind the newest closed round: not ready beyond it. */
export const CLOCK_OFF_MAX_MS = 5_000
/** More than has passed since the last closed round: nothing is dropped beyond it. */
export const CLOCK_JUMP_MAX_MS = 15 * MINUTE_MS
/** How long a hub must run after such a jump before it drops anything. */
export const CLOCK_TRUSTED_AFTER_MS = DAY_MS
/** How far validators' clocks may be from the hub's after such a jump, in the median of their networks. */
export const NETWORK_CLOCKS_OFF_MAX_MS = MINUTE_MS
/** Fewer networks say nothing about a clock. */
export const NETWORK_CLOCKS_MIN = 3
export const READINESS_CHECK_MS = 2_000
export const READINESS_KEPT_MS = 1_000

/** Little of the room is used up in a second. */
export const DISK_LOOK_MS = 1_000
/** A full disk would stop the whole hub. Beyond it answers are refused with UNAVAILABLE, and the hub is not ready. */
export const DISK_FREE_MIN_BYTES = 256 * 1024 * 1024
