import { MINUTE_MS, SECOND_MS } from '../../time.js'
import { ASKING_MS, EDGE_MS, HOLD_MS, NEAR_MS } from './limits.js'

/** What is known of a line when a result is judged. Instants are steady. */
export interface LineSeen {
  /** The silence of the website touches a time in which nothing came. */
  isTouched: boolean
  isDead: boolean
  /** The last sign of another host. */
  otherAt: number | null
  isAlive: boolean
  /** Another line than this one has been alive in this network. */
  isOtherAlive: boolean
  /** `IN_VAIN`: none has answered, though the line was alive or because it never was. */
  beacons: 'NONE' | 'IN_VAIN' | 'COUNT'
  isPending: boolean
  mayAsk: boolean
  triedAt: number | null
}

export interface LineQuestion {
  /** The silence of the website. */
  from: number
  to: number
  startedAt: number
  change: Change
  now: number
  /** It cannot wait any longer. */
  until: number
}

/** Against the previous result. */
export type Change = 'NEW' | 'CHANGED' | 'SAME'

export type LineRuling = 'PROVEN' | 'UNPROVEN' | 'UNKNOWN' | 'DEAD' | 'ABSENT' | 'ASK' | { waitUntil: number }

/** Whether a website that is silent or refuses may be called so. */
export function ruleLine(seen: LineSeen, question: LineQuestion): LineRuling {
  const { change, now, until, from, to, startedAt } = question
  const isLast = now >= until
  if (seen.isTouched) {
    // A website that was down before may be the first that is checked when the line works again.
    const edgeAt = to + EDGE_MS
    return change === 'SAME' && seen.isDead && now < edgeAt && !isLast ? { waitUntil: edgeAt } : 'DEAD'
  }
  const minuteFrom = now - MINUTE_MS
  const holdFrom = Math.max(Math.min(from, to - NEAR_MS), to - HOLD_MS)
  // What it was before needs no fresh evidence each time; what it never was has no host that answered before.
  const neededFrom = { SAME: minuteFrom, NEW: startedAt, CHANGED: holdFrom }[change]
  if (isSince(seen.otherAt, neededFrom)) return 'PROVEN'
  if (seen.isPending && !isLast) return { waitUntil: Infinity }
  if (seen.beacons === 'COUNT') {
    if (isLast) return 'UNPROVEN'
    const askAt = Math.min(holdFrom + HOLD_MS, until - ASKING_MS)
    if (now < askAt) return { waitUntil: askAt }
    return seen.mayAsk ? 'ASK' : { waitUntil: now + SECOND_MS }
  }
  if (seen.beacons === 'NONE') return 'UNKNOWN'
  if (!isSince(seen.triedAt, minuteFrom) && seen.mayAsk && !isLast) return 'ASK'
  return seen.triedAt !== null && !seen.isAlive && seen.isOtherAlive ? 'ABSENT' : 'UNKNOWN'
}

export function isSince(at: number | null, from: number): boolean {
  return at !== null && at >= from
}
