import { MINUTE_MS, SECOND_MS } from '../../time.js'

/** What is known of a captive portal when a result is judged. Instants are steady. */
export interface PortalSeen {
  isSeen: boolean
  /** The last https website with a trusted certificate: no portal can be one. */
  trustedAt: number | null
  /** When the last request that has ended was sent. */
  askedAt: number | null
  hasBeacons: boolean
  isPending: boolean
  mayAsk: boolean
}

export interface PortalQuestion {
  startedAt: number
  /** Until then another https website may show that there is none. */
  holdUntil: number
  isChanged: boolean
  now: number
  isLast: boolean
}

export type PortalRuling = 'CLEAR' | 'PORTAL' | 'ASK' | { waitUntil: number }

/** Whether an answer that any portal could have given may be taken for the website's. */
export function rulePortal(seen: PortalSeen, question: PortalQuestion): PortalRuling {
  const { isChanged, startedAt, holdUntil, now, isLast } = question
  if (seen.isPending && !isLast) return { waitUntil: Infinity }
  if (seen.isSeen) return seen.mayAsk && !isLast ? 'ASK' : 'PORTAL'
  const minuteFrom = now - MINUTE_MS
  const needed = isChanged ? startedAt : minuteFrom
  if (isSince(seen.trustedAt, needed) || isSince(seen.askedAt, needed)) return 'CLEAR'
  if (!seen.hasBeacons || isLast) return 'CLEAR'
  const isTrustedOfMinute = isSince(seen.trustedAt, minuteFrom)
  if (seen.trustedAt !== null && now < holdUntil) return { waitUntil: holdUntil }
  // Where no more may be asked, what was known within the minute must do.
  if (seen.mayAsk) return 'ASK'
  return isTrustedOfMinute || isSince(seen.askedAt, minuteFrom) ? 'CLEAR' : { waitUntil: now + SECOND_MS }
}

function isSince(at: number | null, from: number): boolean {
  return at !== null && at >= from
}
