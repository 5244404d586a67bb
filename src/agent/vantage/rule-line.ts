import { MINUTE_MS } from '../../time.js'
import { HOLD_MS } from './limits.js'

/** What is known of a line when a result is judged. Instants are steady. */
export interface LineSeen {
  /** The silence of the website touches a time in which nothing came. */
  isTouched: boolean
  /** The last sign of another host. */
  otherAt: number | null
  isAlive: boolean
  /** Another line than this one has been alive in this network. */
  isOtherAlive: boolean
  beacons: 'NONE' | 'NEVER_ANSWERED' | 'COUNT'
  isPending: boolean
  mayAsk: boolean
  triedAt: number | null
}

export interface LineQuestion {
  /** The silence of the website. */
  from: number
  to: number
  /** Its previous result was another one, or there is none. */
  isChanged: boolean
  now: number
  /** It cannot wait any longer. */
  isLast: boolean
}

export type LineRuling = 'PROVEN' | 'UNKNOWN' | 'DEAD' | 'ABSENT' | 'ASK' | { waitUntil: number }

/** Whether a website that is silent or refuses may be called so. */
export function ruleLine(seen: LineSeen, question: LineQuestion): LineRuling {
  const { isChanged, now, isLast, from, to } = question
  if (seen.isTouched) return 'DEAD'
  const minuteFrom = now - MINUTE_MS
  const isOfMinute = isSince(seen.otherAt, minuteFrom)
  const windowFrom = Math.max(from, to - HOLD_MS)
  // What it was before needs no fresh evidence each time.
  if (isChanged ? isSince(seen.otherAt, windowFrom) : isOfMinute) return 'PROVEN'
  if (seen.isPending && !isLast) return { waitUntil: Infinity }
  if (seen.beacons === 'COUNT') {
    if (now < windowFrom + HOLD_MS && !isLast) return { waitUntil: windowFrom + HOLD_MS }
    if (seen.mayAsk && !isLast) return 'ASK'
    if (!seen.isPending && isOfMinute) return 'PROVEN'
    return isLast ? 'DEAD' : { waitUntil: Infinity }
  }
  if (seen.beacons === 'NONE') return 'UNKNOWN'
  if (!isSince(seen.triedAt, minuteFrom) && seen.mayAsk && !isLast) return 'ASK'
  return seen.triedAt !== null && !seen.isAlive && seen.isOtherAlive ? 'ABSENT' : 'UNKNOWN'
}

function isSince(at: number | null, from: number): boolean {
  return at !== null && at >= from
}
