import type { VerdictStatus } from '../generated/prisma/client.js'
import type { WebsiteStatus } from '../protocol/tick.js'
import { MINUTE_MS } from '../time.js'

/** Name and version of the rules and of what the root is made of. networks-v1 had the root in the order of the numbers. */
export const VERDICT_RULE = 'networks-v2'

/** How far back more networks than today's still count: so long a website's verdicts stay hard to come by when validators vanish. */
export const QUORUM_MEMORY_MS = 15 * MINUTE_MS

export interface CountedAnswer {
  network: string
  status: WebsiteStatus
}

/** What each network says of a website; those that say nothing are not in it. */
export type Votes = ReadonlyMap<string, WebsiteStatus>

export interface Ballot {
  votes: Votes
  networks: number
  /** The most of them in its verdicts of the last `QUORUM_MEMORY_MS`; 0 when there are none. */
  recentNetworksMax: number
  minimumVotes: number
}

export interface Decision {
  status: VerdictStatus
  quorumBase: number
  votesNeeded: number
  goodVotes: number
  badVotes: number
  votesSetAside: number
}

/** A network votes as most of its keys that answered, and not at all on a tie. */
export function networkVotes(answers: Iterable<CountedAnswer>): Map<string, WebsiteStatus> {
  const balances = new Map<string, number>()
  for (const { network, status } of answers) {
    balances.set(network, (balances.get(network) ?? 0) + (status === 'Good' ? 1 : -1))
  }
  const votes = new Map<string, WebsiteStatus>()
  for (const [network, balance] of balances) if (balance !== 0) votes.set(network, balance > 0 ? 'Good' : 'Bad')
  return votes
}

/** Votes that a verdict needs: more than half of N, or the owner's minimum where that is more. */
export function votesNeededOf(quorumBase: number, minimumVotes: number): number {
  return Math.max(Math.floor(quorumBase / 2) + 1, minimumVotes)
}

/** The verdict on one website. Networks that are set aside have no vote, and N stays as it is. */
export function decideVerdict(
  { votes, networks, recentNetworksMax, minimumVotes }: Ballot,
  setAside: ReadonlySet<string>,
): Decision {
  const quorumBase = Math.max(networks, recentNetworksMax)
  const votesNeeded = votesNeededOf(quorumBase, minimumVotes)
  let goodVotes = 0
  let badVotes = 0
  let votesSetAside = 0
  for (const [network, vote] of votes) {
    if (setAside.has(network)) votesSetAside += 1
    else if (vote === 'Good') goodVotes += 1
    else badVotes += 1
  }
  // More than half of N cannot be reached twice.
  const status = goodVotes >= votesNeeded ? 'Good' : badVotes >= votesNeeded ? 'Bad' : 'Inconclusive'
  return { status, quorumBase, votesNeeded, goodVotes, badVotes, votesSetAside }
}

/** How sure a verdict is: `SINGLE` rests on one network, and another line might have seen something else. */
export type VerdictConfidence = 'SINGLE' | 'QUORUM'

export function confidenceOf({ quorumBase }: Pick<Decision, 'quorumBase'>): VerdictConfidence {
  return quorumBase === 1 ? 'SINGLE' : 'QUORUM'
}
