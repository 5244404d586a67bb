/** Beacon requests in any minute, with some room for those that take longer to arrive. */
export const BUDGET_MS = 61_000
/** A result waits for it, somebody is suspicious, or it is good to know at some time. */
export type Urgency = 'WAITED_FOR' | 'SUSPECTED' | 'SPARE'
/** In all; the last ones are for those that are urgent. */
export const REQUESTS_PER_MINUTE: Readonly<Record<Urgency, number>> = { WAITED_FOR: 3, SUSPECTED: 2, SPARE: 1 }
export const LINE_PATIENCE_MS = 2_000
/** A look-up that no cache knows goes through several name servers. */
export const NAME_PATIENCE_MS = 3_000
export const PORTAL_PATIENCE_MS = 3_000
export const PORTAL_BODY_MAX_BYTES = 4_096
/** A first packet that is lost is sent again after a second. */
export const LATE_MS = 1_000
/** For other websites to answer, before a beacon is asked. */
export const HOLD_MS = 3_000
/** A beacon takes at most as long; it is asked so much earlier than a result must be told. */
export const ASKING_MS = 3_500
/** For an https website to show that a portal is gone. */
export const PORTAL_HOLD_MS = 10_000
/** When a line works again is known to about this much. */
export const EDGE_MS = 1_000
/** What failed or answered at once is proven by a sign so shortly before it, too. */
export const NEAR_MS = 250
/** Without any sign of life, before one is suspicious. */
export const SILENT_MS = 1_000
export const LOOK_MS = 500
/** A look that comes later than this says that this process stood still. */
export const LAG_MS = 250
/** Between two requests to find out whether a line or a portal is over. */
export const AGAIN_MS = 20_000
/** Hosts whose last sign of life is kept, of each line. */
export const MARKS_MAX = 64
/** Whose place in the world is remembered. */
export const ADDRESSES_MAX = 4096
/** Websites whose last result is kept. */
export const PREVIOUS_MAX = 50_000
