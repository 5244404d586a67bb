import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.js'

/** The numbers both sides must agree on. Each names its unit and where it is laid down; `ours` is a limit the protocol leaves to us. */

/** The protocol that signup announces (`SignupInput.protocolVersion`, channel.graphql). */
export const PROTOCOL_VERSION = 1

/** Ticks one `submitTicks` may carry (PROTOCOL §2.4). */
export const TICKS_PER_BATCH_MAX = 500
/** Tasks one event of the `tasks` subscription may carry (PROTOCOL §3.3). */
export const TASKS_PER_EVENT_MAX = 500

/** Longest duration, in microseconds: 31 bits, some 35 minutes, what a GraphQL `Int` holds (PROTOCOL §1). */
export const DURATION_US_MAX = 2_147_483_647
/** Characters of a tick's `detail` (PROTOCOL §2.3). */
export const DETAIL_LENGTH_MAX = 40
/** Least HTTP status that can be told (PROTOCOL §2.3). */
export const HTTP_STATUS_MIN = 100
/** Greatest HTTP status that can be told: three digits, although HTTP itself stops at 599 (PROTOCOL §2.3). */
export const HTTP_STATUS_MAX = 999
/** Characters of an IP address as text: an IPv6 address with a dotted tail in full, INET6_ADDRSTRLEN - 1 (ours). */
export const IP_ADDRESS_LENGTH_MAX = 45

/** How long a signup challenge works, in milliseconds (PROTOCOL §2.1). */
export const CHALLENGE_LIFETIME_MS = MINUTE_MS
/** How long a session token works, in milliseconds: 24 h (PROTOCOL §3.1). */
export const SESSION_LIFETIME_MS = DAY_MS
/** How long after a round's deadline `LATE` may be answered without a look at the store, in milliseconds: 1 h (PROTOCOL §3). */
export const LATE_WITHOUT_LOOKING_MS = HOUR_MS

/** Bytes of a body that a check reads, and in which the keyword is searched: 1 MiB (PROTOCOL §4). */
export const BODY_READ_MAX_BYTES = 1024 * 1024
/** What a check leaves of the time to its deadline, for signing and sending, in milliseconds (PROTOCOL §4). */
export const TASK_TIMEOUT_MARGIN_MS = 500
/** Redirects a website may allow (PROTOCOL §2.2). */
export const REDIRECTS_MAX = 10
/** Characters of a URL, before and after it is normalised (ours; proxies and servers commonly stop at some 2,000 to 8,000). */
export const URL_LENGTH_MAX = 2048

/** Shortest timeout a website may ask for, in milliseconds (ours). */
export const CHECK_TIMEOUT_MIN_MS = 1
/** Longest timeout or latency limit a website may ask for, in milliseconds: one interval of a round at its default (ours). */
export const CHECK_TIMEOUT_MAX_MS = MINUTE_MS
/** Characters of a list of statuses (ours). */
export const STATUSES_LENGTH_MAX = 200
/** Bytes of the keyword as UTF-8 (ours). */
export const KEYWORD_MAX_BYTES = 256
/** Whole days a certificate may be asked to last: ten years (ours; no public certificate lasts that long). */
export const CERTIFICATE_DAYS_MAX = 3650
/** Headers a check may carry (ours). */
export const HEADERS_MAX = 20
/** Characters of a header's name (ours). */
export const HEADER_NAME_LENGTH_MAX = 100
/** Characters of a header's value (ours). */
export const HEADER_VALUE_LENGTH_MAX = 1024
/** Bytes of the body a check may send, as UTF-8: 64 KiB (ours). */
export const CHECK_BODY_MAX_BYTES = 64 * 1024
