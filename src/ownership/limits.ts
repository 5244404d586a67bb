import { DAY_MS, MINUTE_MS } from '../time.js'

// Proof of ownership. What is looked at is where an owner says, so little is read and nobody is asked often.

/** How long one look may take, in milliseconds, redirects and all. Beyond it: UNREACHABLE. */
export const OWNERSHIP_LOOK_MS = 10_000
/** Redirects that a look follows, within one host. */
export const OWNERSHIP_REDIRECTS_MAX = 3
/** Bytes of a file of tokens: some 50 of them. A larger one proves nothing. */
export const OWNERSHIP_FILE_MAX_BYTES = 4 * 1024
/** Bytes of a page that are looked at for a tag, which stands at the beginning of its head. */
export const OWNERSHIP_PAGE_MAX_BYTES = 64 * 1024
/** Looks that owners wait for, over all of them, one of each. */
export const OWNERSHIP_RUNNING_MAX = 8
/** Of others that wait for their turn: at most one look's time more. One more is refused with RATE_LIMITED. */
export const OWNERSHIP_WAITING_MAX = 8
/** Time from one look at a proof to the next, in milliseconds. */
export const OWNERSHIP_RECHECK_MS = DAY_MS
/** How long looks at a proof may fail until it counts no more, in milliseconds: a holiday of whoever mends name servers. */
export const OWNERSHIP_GRACE_MS = 7 * DAY_MS
/** How often the hub sees which proofs are due, in milliseconds. */
export const OWNERSHIP_RECHECK_LOOK_MS = 5 * MINUTE_MS
/** Proofs that are looked at together, under one lease of the database. */
export const OWNERSHIP_RECHECKS_PER_BATCH = 10
/** Batches, one after the other, until the hub sees anew what is due: with these, some 57,000 hosts a day. */
export const OWNERSHIP_RECHECK_BATCHES_MAX = 20
