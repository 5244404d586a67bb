import { MINUTE_MS, SECOND_MS } from '../../time.js'
import { HOLD_MS, NEAR_MS, PORTAL_HOLD_MS } from './limits.js'
import { isSince, type Change } from './rule-line.js'

/** What is known of a captive portal when a result is judged. Instants are steady. */
export interface PortalSeen {
  isSeen: boolean
  /** The last https website with a trusted certificate: no portal can be one. */
  trustedAt: number | null
  /** When the last request that has ended was sent. */
  askedAt: number | null
  hasBeacons: boolean
  /** One has answered in this network. */
  counts: boolean
  isPending: boolean
  mayAsk: boolean
}

export interface PortalQuestion {
  startedAt: number
  endedAt: number
  change: Change
  now: number
  isLast: boolean
}

export type PortalRuling = 'CLEAR' | 'PORTAL' | 'UNCLEAR' | 'ASK' | { waitUntil: number }

/** Whether an answer that any portal could have given may be taken for the website's. */
export function rulePortal(seen: PortalSeen, question: PortalQuestion): PortalRuling {
  const { change, startedAt, endedAt, now, isLast } = question
  if (seen.isPending && !isLast) return { waitUntil: Infinity }
  if (seen.isSeen) return seen.mayAsk && !isLast ? 'ASK' : untilGone(seen, question)
  const neededFrom = change === 'CHANGED' ? Math.min(startedAt, endedAt - NEAR_MS) : now - MINUTE_MS
  if (isSince(seen.trustedAt, neededFrom) || isSince(seen.askedAt, neededFrom) || !seen.hasBeacons) return 'CLEAR'
  if (isLast) return change === 'CHANGED' && (seen.counts || seen.trustedAt !== null) ? 'UNCLEAR' : 'CLEAR'
  if (seen.trustedAt !== null && now < endedAt + HOLD_MS) return { waitUntil: endedAt + HOLD_MS }
  return seen.mayAsk ? 'ASK' : { waitUntil: now + SECOND_MS }
}

/** The https websites of this round may show that it is. */
function untilGone({ trustedAt }: PortalSeen, { endedAt, now, isLast }: PortalQuestion): PortalRuling {
  const until = endedAt + PORTAL_HOLD_MS
  return trustedAt !== null && now < until && !isLast ? { waitUntil: until } : 'PORTAL'
}
