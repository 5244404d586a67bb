import type { InconclusiveReason } from '../../client/graphql'
import type { State } from '../../parts/state'
import { causeOf, type Cause } from './cause'
import type { Head, PageData } from './page-data'

interface Seen {
  at: string
  good: number
  bad: number
  needed: number
  setAside: number
  networks: number
}

/** What is true now. */
export type Now =
  | { kind: 'DISABLED' }
  | { kind: 'DENIED'; reason: string }
  | { kind: 'WITHHELD'; host: string }
  | { kind: 'WAITING'; everyRounds: number }
  | { kind: 'STALE'; since: string }
  | { kind: 'GOOD'; seen: Seen; incidentSince: string | null; lastIncidentEndedAt: string | null }
  | { kind: 'BAD'; seen: Seen; incidentSince: string | null; badToOpen: number; cause: Cause | null }
  | { kind: 'INCONCLUSIVE'; seen: Seen; incidentSince: string | null; reason: InconclusiveReason | null }

export type NowOf = Head & {
  ownership: Pick<PageData['ownership'], 'host' | 'withheld'>
  incidents: { edges: { node: { endedAt: string | null } }[] }
}

/** Why it is not checked comes before what was seen last. */
export function nowOf(website: NowOf): Now {
  const { enabled, deniedReason, ownership, verdict, status, everyRounds, openIncident, badToOpen } = website
  if (!enabled) return { kind: 'DISABLED' }
  if (deniedReason !== null) return { kind: 'DENIED', reason: deniedReason }
  if (ownership.withheld) return { kind: 'WITHHELD', host: ownership.host }
  if (verdict === null) return { kind: 'WAITING', everyRounds }
  if (status === null && verdict.status !== 'Inconclusive') return { kind: 'STALE', since: verdict.to }
  const seen = {
    at: verdict.roundAt,
    good: verdict.goodVotes,
    bad: verdict.badVotes,
    needed: verdict.votesNeeded,
    setAside: verdict.votesSetAside,
    networks: verdict.networkCount,
  }
  const incidentSince = openIncident?.startedAt ?? null
  switch (verdict.status) {
    case 'Good': {
      const lastIncidentEndedAt = website.incidents.edges[0]?.node.endedAt ?? null
      return { kind: 'GOOD', seen, incidentSince, lastIncidentEndedAt }
    }
    case 'Bad':
      return { kind: 'BAD', seen, incidentSince, badToOpen, cause: causeOf(website) }
    case 'Inconclusive':
      return { kind: 'INCONCLUSIVE', seen, incidentSince, reason: verdict.inconclusiveReason }
  }
}

/** The mark beside the sentence. */
export function stateNow(now: Now, inMaintenance: boolean): State {
  if (now.kind === 'DISABLED') return 'DISABLED'
  if (now.kind === 'DENIED' || now.kind === 'WITHHELD' || now.kind === 'WAITING' || now.kind === 'STALE')
    return 'NO_DATA'
  return inMaintenance ? 'MAINTENANCE' : now.kind
}
