import { DAY_MS, MINUTE_MS } from '../time.js'

/** One look, redirects included. Beyond it: UNREACHABLE. */
export const OWNERSHIP_LOOK_MS = 10_000
export const OWNERSHIP_REDIRECTS_MAX = 3
/** About 50 tokens; a larger file proves nothing. */
export const OWNERSHIP_FILE_MAX_BYTES = 4 * 1024
/** Read from the beginning of a page, where the tag is. */
export const OWNERSHIP_PAGE_MAX_BYTES = 64 * 1024
/** Looks of all owners at a time, at most one each. */
export const OWNERSHIP_RUNNING_MAX = 8
/** Looks that wait for one of these; more are refused with RATE_LIMITED. */
export const OWNERSHIP_WAITING_MAX = 8
export const OWNERSHIP_RECHECK_MS = DAY_MS
/** How long looks may fail until a proof no longer counts: time enough to repair a name server. */
export const OWNERSHIP_GRACE_MS = 7 * DAY_MS
export const OWNERSHIP_RECHECK_LOOK_MS = 5 * MINUTE_MS
/** Rechecked together, under one lease of the database. */
export const OWNERSHIP_RECHECKS_PER_BATCH = 10
/** Batches at a time: with these, about 57,000 hosts a day. */
export const OWNERSHIP_RECHECK_BATCHES_MAX = 20
