import { DAY_MS, MINUTE_MS } from './time.js'

/**
 * What the hub takes, keeps waiting and hands out at most, and for how long it waits for others. Each names its unit,
 * why it is this much, and what is answered beyond it. What both sides of the protocol must agree on is in
 * `protocol/limits.ts`, and what an operator may set in `settings.ts`, with its bounds; some of its defaults are here.
 */

// What comes in.

/**
 * Bytes from which taking a message apart costs milliseconds. It waits for its turn, and its socket with it; a smaller
 * one is read and handled at once, so that a ping never waits behind batches.
 */
export const LARGE_MESSAGE_MIN_BYTES = 16 * 1024
/**
 * Bytes read from all sockets in one turn of the event loop, some 5 ms. What more has come waits in the peers' kernels;
 * nobody is told.
 */
export const READ_PER_TURN_MAX_BYTES = 1024 * 1024
/**
 * Bytes of large messages that wait for their turn, over all sockets: a handful of batches, so that there is always one
 * to go on with. While there are more, nothing large is read; nobody is told.
 */
export const WAITING_MESSAGES_MAX_BYTES = 2 * 1024 * 1024
/** Operations that one socket may have running: an agent needs one for its tasks and some for its answers. One more is answered with BAD_USER_INPUT. */
export const OPERATIONS_PER_SOCKET_MAX = 100
/** Characters of a protocol's scalar: longer than any right value, so refused with BAD_USER_INPUT before it costs anything. */
export const SCALAR_LENGTH_MAX = 200
/** Ticks of a batch that are judged in one turn of the event loop, some 5 ms; the others follow in the next turns. */
export const JUDGED_PER_TURN_MAX = 125

// What goes out.

/** The most items a page may hold. A larger `first` or `last` is answered with BAD_USER_INPUT. */
export const PAGE_SIZE_MAX = 100
/** Items of a page for which no size is asked. */
export const PAGE_SIZE_DEFAULT = 20
/** Rounds that may wait for a validator's socket that is slow. The oldest gives way, for its deadline is the nearest. */
export const WAITING_ROUNDS_MAX = 2
/**
 * Characters that owners have written in the tasks of one event: each may give a check a body of 64 KiB, and 500 of those
 * in one event would be 32 MB for every socket at once. The other tasks come in further events.
 */
export const TASKS_EVENT_MAX_CHARACTERS = 512 * 1024
/** Characters that are searched for in names and URLs. */
export const WEBSITE_SEARCH_LENGTH_MAX = 200
/** Websites that one `createWebsites` makes, and that one `websiteChanged` names. */
export const WEBSITES_NAMED_MAX = 100
/** Websites read at a time of those that a new `websiteChanged` begins with. */
export const FOLLOWED_WEBSITES_PER_READ = 100
/**
 * Websites of one `websiteChanged` with news that wait to be told: ten times those of the largest owner. One more ends it
 * with UNAVAILABLE, and whoever subscribes again is told the present state first.
 */
export const PENDING_NEWS_MAX = 10_000

// The database.

/**
 * Connections to PostgreSQL: fewer than one thinks, for the hot road is one statement at a time. Who needs one more waits,
 * at most DATABASE_CONNECT_MS. Settable: OVERLAPS_DATABASE_CONNECTIONS.
 */
export const DATABASE_CONNECTIONS = 10
/** Rows that one statement may insert. On PGlite it holds up everything else, for it runs on the event loop. More follow in the next statement. */
export const ROWS_PER_STATEMENT_MAX = { postgres: 2_500, pglite: 500 } as const
/** Rows of a backup that are read or written by one statement: a row may hold 500 leaf hashes, so some 8 MB at most. */
export const BACKUP_ROWS_PER_STATEMENT = 250
/** Characters of a backup's rows that are written by one statement, unless a single row has more. */
export const BACKUP_STATEMENT_MAX_CHARACTERS = 1024 * 1024
/** Bytes of a line of a backup: far more than the longest row takes. A file with a longer one is refused. */
export const BACKUP_LINE_MAX_BYTES = 16 * 1024 * 1024
/** How long whoever fetches a backup may read nothing, in milliseconds; then it is broken off, for it holds old rows back. */
export const BACKUP_PATIENCE_MS = MINUTE_MS

/**
 * Conflicting answers of a validator that are kept as evidence: one is enough, and each is a statement, a signature and up
 * to 500 leaf hashes, some 20 KB. Further ones are refused all the same; nobody is told that they are not kept.
 */
export const CONFLICTS_PER_VALIDATOR_MAX = 20
/** Conflicting answers that are written by one statement: a megabyte at most. More follow in the next. */
export const CONFLICTS_PER_STATEMENT = 50

// Exports. Each holds a page of rows and keeps the database busy.

/** Exports that run at a time. One more is answered with 429. */
export const EXPORTS_MAX = 4
/** Of them, those of one owner. */
export const EXPORTS_PER_OWNER_MAX = 2
/** After how many seconds whom that was told may ask again. */
export const EXPORT_RETRY_AFTER_S = 10
/** How long who takes an export may read nothing; then it is broken off. */
export const EXPORT_PATIENCE_MS = MINUTE_MS

// What operators write down.

/** Hosts on the deny-list: every validator is told all of them. One more is refused with TOO_MANY_HOSTS. */
export const DENIED_HOSTS_MAX = 1_000

// What is kept in memory so that it need not be read or made again; the least used gives way.

/** Websites with a revision of their check: 5 times those of a round of 10,000. */
export const KNOWN_TASKS_MAX = 50_000
/** Validators with their imported keys. */
export const KNOWN_VALIDATORS_MAX = 20_000
/** Addresses, accounts and keys of which something is counted, of each thing that is: some 20 MB when all are full. */
export const RATE_KEYS_MAX = 20_000
/** Keys and tokens that have proved themselves, each with the address it was at. */
export const VOUCHED_MAX = 50_000
/** Documents of the validator channel, compiled: agents of some versions send a few each. */
export const COMPILED_DOCUMENTS_MAX = 64

// Keys.

/** How long a key counts for the network that it has last signed up from, in milliseconds: one that works signs up every day. */
export const NETWORK_PLACE_MS = DAY_MS
/** UTC days on which a key has agreed with verdicts, after which it finds a place in a network that is full. */
export const RECORD_DAYS = 7

// Passwords.

/** Passwords hashed at a time, 32 MiB each: two of the four threads of Node's pool, which also verifies signatures. More wait. */
export const PASSWORDS_RUNNING_MAX = 2
/** Passwords that wait to be hashed: some four seconds. One more is refused with RATE_LIMITED. */
export const PASSWORDS_WAITING_MAX = 32

// Rates: how much of each there may be in a minute. Beyond it: RATE_LIMITED, with the seconds to wait.

/** An IPv6 address counts as its /64. */
export const RATES = {
  /**
   * Cost of what an address asks without a token: 10 a request and 1 a field, as the cost of documents counts them.
   * Settable: OVERLAPS_RATE_ANONYMOUS_PER_MINUTE.
   */
  ANONYMOUS_COST: 30_000,
  /** The same of an owner or a validator by its token, wherever it comes from. Settable: OVERLAPS_RATE_OWNER_PER_MINUTE. */
  ACCOUNT_COST: 1_000_000,
  /** Tokens of nobody, by address: each costs a look into the database. */
  BAD_TOKENS: 120,
  /** Passwords tried from an address: each costs a quarter of a second. Settable: OVERLAPS_RATE_LOG_INS_PER_MINUTE. */
  LOG_INS: 30,
  /** Wrong passwords of one account. Who guesses at it keeps its owner from logging in, but not the owner's tokens from working. */
  LOG_INS_OF_ACCOUNT: 10,
  /** Challenges, by address; four to a signup, for some get lost. */
  CHALLENGES: 480,
  /** Signups of validators and registrations of owners, by address. Settable: OVERLAPS_RATE_SIGNUPS_PER_MINUTE. */
  SIGNUPS: 120,
  /** Signups that a key has really signed: each leaves a session in the database. */
  SIGNUPS_OF_KEY: 10,
  /**
   * Submissions that nobody has signed, by address: each may cost a verification. Keys that have proved themselves there
   * are counted apart. Settable: OVERLAPS_RATE_BAD_SIGNATURES_PER_MINUTE.
   */
  BAD_SUBMISSIONS: 120,
  /**
   * Ticks that a key has signed and that were not stored: repeats, late ones, wrong ones. Those that are stored are never
   * counted, for there are no more of them than tasks.
   */
  SPARE_TICKS_OF_KEY: 100_000,
  /** Subscriptions to tasks that a key opens: each costs a look into the database. */
  TASK_STREAMS_OF_KEY: 600,
  /** Looks for proof of ownership, by owner: each sends some requests where the owner says. */
  OWNERSHIP_LOOKS: 10,
  /** The same by host, whoever the owners are, so that many together do not make the hub a nuisance to one. */
  OWNERSHIP_LOOKS_AT_HOST: 30,
} as const
/** The most that may be set for any of them. */
export const RATES_MAX = 1_000_000_000
/** What every request costs beside its fields, and all that a faulty one costs. */
export const REQUEST_COST = 10
/** What a document costs that asks for the schema, which has thousands of fields. */
export const INTROSPECTION_COST = 500
/** Challenges to each signup that may be. */
export const CHALLENGES_PER_SIGNUP = 4
/**
 * Characters of a document of the validator channel that is let pass whatever else its address has asked for: an agent's
 * take some 600.
 */
export const CHANNEL_DOCUMENT_MAX_CHARACTERS = 4_096

// Connections.

/** Connections of one address, which may be a company's or a proxy that is not believed. One more is cut off at once. */
export const CONNECTIONS_PER_ADDRESS_MAX = 2_000
/** WebSockets of one address that have shown no token. One more is refused with 429 before it is a WebSocket. */
export const SESSIONLESS_SOCKETS_MAX = 100
/** Bytes of a request's head. Beyond it: 431. */
export const HEADERS_MAX_BYTES = 16 * 1024
/** How long a request's head may take, in milliseconds, from the connection or from the request before. Beyond it: 408. */
export const HEADERS_MS = 10_000
/** How long a whole request may take to come in, in milliseconds. Beyond it: 408. */
export const REQUEST_MS = MINUTE_MS
/** How long a connection may stay between two requests, in milliseconds. */
export const KEEP_ALIVE_MS = 5_000
/** How often all connections are looked at for the times above, in milliseconds. */
export const CONNECTIONS_CHECK_MS = 2_000
/** Seconds that a browser may keep what it was told of a foreign page's rights. */
export const CORS_MAX_AGE_S = 600

// Patience, in milliseconds.

/** A socket that has not begun by then is closed with 4408. */
export const SOCKET_INIT_MS = 10_000
/** Between two pings. A peer that misses one is gone: noticed within two of these. */
export const PING_INTERVAL_MS = 12_000
/**
 * Between two looks at whether those who are connected still may be. What this hub itself takes from them ends at once, what
 * another hub or the database does within 5 s, for which the look itself needs some time.
 */
export const LIVE_ACCESS_CHECK_MS = 3_000
/**
 * How long a hub may take to stop once it is told to: `docker stop` kills what takes ten seconds. When it is over the
 * hub leaves what hangs as it is.
 */
export const STOP_MS = 8_000
/** How long peers and requests have to end well when the hub stops; then they are cut off. */
export const GOODBYE_MS = 1_000
/** How long a connection to PostgreSQL may take. Beyond it the operation fails with UNAVAILABLE. */
export const DATABASE_CONNECT_MS = 5_000
/** How long a hub that starts waits for a database that does not answer. Settable: OVERLAPS_DATABASE_WAIT_MS. */
export const DATABASE_WAIT_MS = MINUTE_MS
/** Between two tries of such a hub. */
export const DATABASE_RETRY_MS = 500
/** Between two tries to begin a round, while its deadline is ahead. */
export const ROUND_RETRY_MS = 500
/** How long PostgreSQL may work on one statement before it gives up; told as the one above. */
export const DATABASE_STATEMENT_MS = 30_000
/** How long its answer to one may take, which is longer: beyond it the connection is taken for lost. */
export const DATABASE_ANSWER_MS = 35_000
/** Between two looks at whether PostgreSQL answers at all. */
export const DATABASE_BEAT_MS = 500
/** Looks without an answer after which it is taken for silent: all that wait for it fail, within 3 s of its last word. */
export const DATABASE_BEATS_MISSED_MAX = 5
/** How long a submission waits in any case, in milliseconds. From then on it is answered with UNAVAILABLE as soon as nothing gets stored. */
export const SUBMISSION_MS = 3_000
/** For how long nothing was stored when that is taken for a database that has stopped: with the above, a peer hears within 5 s. */
export const COMMITS_STALLED_MS = 2_000
/** How far a machine's clock may be behind what the hub has done before, for the hub to go on from there at its start. */
export const CLOCK_BEHIND_MAX_MS = DAY_MS
/** How far a machine's clock may be from PostgreSQL's, or behind the newest closed round; beyond it the hub is not ready. */
export const CLOCK_OFF_MAX_MS = 5_000
/** How much more than what has passed a clock may have gone on since the last closed round, before data is kept from being dropped. */
export const CLOCK_JUMP_MAX_MS = 15 * MINUTE_MS
/** How long a hub must run after such a jump until data is dropped again. */
export const CLOCK_TRUSTED_AFTER_MS = DAY_MS
/** How far the clocks of validators, in the middle of their networks, may be from the hub's after such a jump. */
export const NETWORK_CLOCKS_OFF_MAX_MS = MINUTE_MS
/** Networks that must have answered for their clocks to say anything. */
export const NETWORK_CLOCKS_MIN = 3
/** How long the database may take to show that it is ready; then it is not. */
export const READINESS_CHECK_MS = 2_000
/** How long a look at what makes the hub ready is good for, however often it is asked. */
export const READINESS_KEPT_MS = 1_000

// The disk.

/** How long a look at the disk is good for: in a second not much of the room is used up. */
export const DISK_LOOK_MS = 1_000
/**
 * Bytes that must be free where the embedded database is: with none left it would stop the whole hub. Beyond it answers
 * are refused with UNAVAILABLE, which their validators send again, and the hub is not ready. Settable:
 * OVERLAPS_DISK_FREE_MIN_BYTES.
 */
export const DISK_FREE_MIN_BYTES = 256 * 1024 * 1024
