import type { Clock } from '../../clock.js'
import { SECOND_MS } from '../../time.js'
import type { Beacon } from './beacon.js'
import { NETWORK_KEPT_MS } from './limits.js'

export interface Joined {
  /** Null for the first one; otherwise since when the one before may be gone. */
  lostSince: number | null
  /** The beacons that answered when this machine was in it a while ago. */
  answered: ReadonlySet<Beacon>
}

/** Tells one network from another by this machine's addresses. */
export interface JoinedNetworks {
  /** Looks at most once a second; null where it is the same. */
  look(): Joined | null
  /** What was learnt of the one before. */
  leave(answered: ReadonlySet<Beacon>): void
}

export function joinedNetworks(clock: Clock, readFingerprint: () => string): JoinedNetworks {
  const known = new Map<string, { answered: ReadonlySet<Beacon>; leftAt: number }>()
  let current: string | null = null
  let before: string | null = null
  let lookedAt = -Infinity
  return {
    look() {
      const now = clock.now()
      if (now < lookedAt + SECOND_MS) return null
      const lostSince = current === null ? null : lookedAt
      lookedAt = now
      const seen = readFingerprint()
      if (seen === current) return null
      before = current
      current = seen
      for (const [fingerprint, { leftAt }] of known) if (leftAt <= now - NETWORK_KEPT_MS) known.delete(fingerprint)
      return { lostSince, answered: known.get(seen)?.answered ?? new Set() }
    },
    leave(answered) {
      if (before !== null) known.set(before, { answered, leftAt: clock.now() })
    },
  }
}
