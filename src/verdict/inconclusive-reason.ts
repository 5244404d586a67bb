import type { Verdict } from '../generated/prisma/client.js'
import { votesNeededOf } from './vote-rule.js'

/** Why nobody knows, so that an owner can tell a network that is gone from a website that is seen differently. */
export type InconclusiveReason = 'MISSING_NETWORKS' | 'BELOW_MINIMUM' | 'TOO_FEW_ANSWERS' | 'SET_ASIDE' | 'DISAGREEMENT'

type Counts = Pick<
  Verdict,
  'status' | 'networkCount' | 'quorumBase' | 'votesNeeded' | 'goodVotes' | 'badVotes' | 'votesSetAside'
>

/** The first of the reasons that alone is enough; null for a verdict that is Good or Bad. */
export function inconclusiveReason(verdict: Counts): InconclusiveReason | null {
  const { status, networkCount, quorumBase, votesNeeded, goodVotes, badVotes, votesSetAside } = verdict
  if (status !== 'Inconclusive') return null
  if (networkCount < votesNeeded) {
    return votesNeeded > votesNeededOf(quorumBase, 0) ? 'BELOW_MINIMUM' : 'MISSING_NETWORKS'
  }
  const votes = goodVotes + badVotes
  if (votes + votesSetAside < votesNeeded) return 'TOO_FEW_ANSWERS'
  return votes < votesNeeded ? 'SET_ASIDE' : 'DISAGREEMENT'
}
