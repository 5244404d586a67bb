import { MINUTE_MS, SECOND_MS } from '../../time.js'
import type { Change } from './rule-line.js'

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
  /** Until then another https website may show that there is none. */
  holdUntil: number
  change: Change
  now: number
  isLast: boolean
}

export type PortalRuling = 'CLEAR' | 'PORTAL' | 'UNCLEAR' | 'ASK' | { waitUntil: number }

/** Whether an answer that any portal could have given may be taken for the website's. */
export function rulePortal(seen: PortalSeen, question: PortalQuestion): PortalRuling {
  const { change, startedAt, holdUntil, now, isLast } = question
  if (seen.isPending && !isLast) return { waitUntil: Infinity }
  if (seen.isSeen) return seen.mayAsk && !isLast ? 'ASK' : 'PORTAL'
  const neededFrom = change === 'CHANGED' ? startedAt : now - MINUTE_MS
  if (isSince(seen.trustedAt, neededFrom) || isSince(seen.askedAt, neededFrom) || !seen.hasBeacons) return 'CLEAR'
  if (isLast) return change === 'CHANGED' && (seen.counts || seen.trustedAt !== null) ? 'UNCLEAR' : 'CLEAR'
  if (seen.trustedAt !== null && now < holdUntil) return { waitUntil: holdUntil }
  return seen.mayAsk ? 'ASK' : { waitUntil: now + SECOND_MS }
}

function isSince(at: number | null, from: number): boolean {
  return at !== null && at >= from
}
