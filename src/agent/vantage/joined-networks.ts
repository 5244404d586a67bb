import type { Clock } from '../../clock.js'
import { SECOND_MS } from '../../time.js'
import type { Family } from './topic.js'
import type { WaysOut } from './ways-out.js'

/** Tells one network from another by the ways out of this machine. */
export interface JoinedNetworks {
  /** Looks at most once a second. */
  look(): void
}

export interface JoinedNetworksParts {
  clock: Clock
  readWaysOut(): Promise<WaysOut>
  /** Another way leads out, of one family beside the other, or of all. Somewhere between the two instants it changed. */
  onJoined(families: Family | 'ALL', from: number, to: number): void
  /** No way leads out any more. The same one may come back. */
  onLost(family: Family): void
  onBack(family: Family): void
}

const FAMILIES = ['V4', 'V6'] as const

export function joinedNetworks({ clock, readWaysOut, onJoined, onLost, onBack }: JoinedNetworksParts): JoinedNetworks {
  /** The last way of each family, also of one that is lost. */
  let joined: WaysOut | null = null
  let present: WaysOut | null = null
  let lookedAt = -Infinity

  function compare(seen: WaysOut, from: number, to: number): void {
    const before = joined ?? seen
    const last = present ?? seen
    const fresh = FAMILIES.filter((family) => seen[family] !== null && seen[family] !== before[family])
    const lost = FAMILIES.filter((family) => seen[family] === null && last[family] !== null)
    const back = FAMILIES.filter((family) => seen[family] !== null && last[family] === null)
    const isAnother = fresh.length > 0 && FAMILIES.every((family) => seen[family] === null || fresh.includes(family))
    joined = isAnother ? seen : { V4: seen.V4 ?? before.V4, V6: seen.V6 ?? before.V6 }
    present = seen
    if (isAnother) onJoined('ALL', from, to)
    else for (const family of fresh) onJoined(family, from, to)
    for (const family of lost) onLost(family)
    for (const family of back) if (!fresh.includes(family)) onBack(family)
  }
  return {
    look() {
      const now = clock.now()
      if (now < lookedAt + SECOND_MS) return
      const from = lookedAt
      lookedAt = now
      // What cannot be read now, such as without a file left, is asked again in a second.
      readWaysOut().then(
        (seen) => compare(seen, from, now),
        () => {},
      )
    },
  }
}
