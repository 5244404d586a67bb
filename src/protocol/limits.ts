import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.js'

/** The numbers both sides must agree on, with where each is laid down; `ours` is a limit the protocol leaves to us. */

/** `SignupInput.protocolVersion`, channel.graphql. */
export const PROTOCOL_VERSION = 2
/** PROTOCOL §2.2: the rules that checks are made by from now on. */
export const CHECK_VERSION = 2

/** PROTOCOL §2.4. */
export const TICKS_PER_BATCH_MAX = 500
/** PROTOCOL §3.3. */
export const TASKS_PER_EVENT_MAX = 500

/** PROTOCOL §1: 31 bits, what a GraphQL `Int` holds, some 35 minutes. */
export const DURATION_US_MAX = 2_147_483_647
/** PROTOCOL §2.3. */
export const DETAIL_LENGTH_MAX = 40
/** PROTOCOL §2.3. */
export const HTTP_STATUS_MIN = 100
/** PROTOCOL §2.3: three digits, although HTTP itself stops at 599. */
export const HTTP_STATUS_MAX = 999
/** An IPv6 address with a dotted tail in full (ours). */
export const IP_ADDRESS_LENGTH_MAX = 45

/** PROTOCOL §2.1. */
export const CHALLENGE_LIFETIME_MS = MINUTE_MS
/** PROTOCOL §3.1. */
export const SESSION_LIFETIME_MS = DAY_MS
/** PROTOCOL §3: after it `LATE` is answered without a look at the store. */
export const LATE_WITHOUT_LOOKING_MS = HOUR_MS

/** PROTOCOL §4: what is read, and searched for the keyword. */
export const BODY_READ_MAX_BYTES = 1024 * 1024
/** PROTOCOL §4: for signing and sending before the deadline. */
export const TASK_TIMEOUT_MARGIN_MS = 500
/** PROTOCOL §2.2. */
export const REDIRECTS_MAX = 10
/** Before and after it is normalised (ours). */
export const URL_LENGTH_MAX = 2048

/** Ours, as all that follow. */
export const CHECK_TIMEOUT_MIN_MS = 1
/** One interval of a round at its default. */
export const CHECK_TIMEOUT_MAX_MS = MINUTE_MS
export const STATUSES_LENGTH_MAX = 200
export const KEYWORD_MAX_BYTES = 256
/** Ten years: no public certificate lasts that long. */
export const CERTIFICATE_DAYS_MAX = 3650
export const HEADERS_MAX = 20
export const HEADER_NAME_LENGTH_MAX = 100
export const HEADER_VALUE_LENGTH_MAX = 1024
export const CHECK_BODY_MAX_BYTES = 64 * 1024
