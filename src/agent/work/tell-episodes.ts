import { isIP } from 'node:net'

import type { Measurement } from '../../protocol/tick.js'
import type { ReportEvent } from '../agent-event.js'
import type { LastingReason } from './lasting-reason.js'

export interface EpisodeTeller {
  abstained(roundAt: number, reason: LastingReason, message: string): void
  measured(roundAt: number, measurement: Measurement): void
  /** No more will be heard of that round. */
  roundOver(roundAt: number): void
}

interface Episode {
  lastAt: number
  /** Families of addresses that answered while it lasted. */
  families: Set<number>
}

/** What went well in a round. */
interface Seen {
  families: Set<number>
  names: boolean
  certificates: boolean
  any: boolean
}

/** Tells the operator once when the machine can not check for a reason, and once when it can again. */
export function tellEpisodes(report: ReportEvent): EpisodeTeller {
  const open = new Map<LastingReason, Episode>()
  const rounds = new Map<number, Seen>()

  function seenIn(roundAt: number): Seen {
    const seen = rounds.get(roundAt) ?? { families: new Set(), names: false, certificates: false, any: false }
    rounds.set(roundAt, seen)
    return seen
  }
  return {
    abstained(roundAt, reason, message) {
      const episode = open.get(reason)
      if (episode !== undefined) {
        episode.lastAt = Math.max(episode.lastAt, roundAt)
        return
      }
      open.set(reason, { lastAt: roundAt, families: new Set() })
      report({ event: 'CANNOT_CHECK', reason, message })
    },
    measured(roundAt, { remoteAddress, dnsUs, certificateExpiresAt }) {
      const seen = seenIn(roundAt)
      seen.any = true
      if (remoteAddress !== null) seen.families.add(isIP(remoteAddress))
      seen.names ||= dnsUs !== null
      seen.certificates ||= certificateExpiresAt !== null
    },
    roundOver(roundAt) {
      const seen = seenIn(roundAt)
      rounds.delete(roundAt)
      for (const [reason, episode] of open) {
        if (roundAt <= episode.lastAt) {
          for (const family of seen.families) episode.families.add(family)
        } else if (wentWell(reason, seen, episode)) {
          open.delete(reason)
          report({ event: 'CAN_CHECK_AGAIN', reason })
        }
      }
    },
  }
}

/** Whether a round without that reason had what the machine could not do before. */
function wentWell(reason: LastingReason, seen: Seen, { families }: Episode): boolean {
  switch (reason) {
    case 'NO_NETWORK':
      return seen.families.size > 0
    case 'NO_ADDRESS_FAMILY':
      return [...seen.families].some((family) => !families.has(family))
    case 'NO_RESOLVER':
      return seen.names
    case 'CLOCK_OFF':
      return seen.certificates
    default:
      return seen.any
  }
}
