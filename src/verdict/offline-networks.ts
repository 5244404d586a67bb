import type { Votes } from './vote-rule.js'

/** Fewer other networks than this cannot tell whose line is down. */
const OTHERS_MIN = 3
/** Fewer websites on fewer hosts than these may well be down themselves for one network alone. */
const WEBSITES_MIN = 5
const HOSTS_MIN = 3
/** Share of those websites that an offline network calls Bad, in whole numbers: 4 of 5. */
const BAD_SHARE = { bad: 4, of: 5 }

export interface HostedVotes {
  host: string
  votes: Votes
}

/** Finds the networks that seem to be offline themselves, a website at a time. */
export interface OfflineTest {
  count(website: HostedVotes): void
  /** Those whose votes are to be set aside, by all that was counted. */
  networks(): Set<string>
}

interface Tally {
  websites: number
  bad: number
  hosts: Set<string>
}

/** The rule is in docs/verdicts.md. Every network is tested against all votes, so the order of the tests does not matter. */
export function createOfflineTest(): OfflineTest {
  const tallies = new Map<string, Tally>()
  return {
    count({ host, votes }) {
      const others = votes.size - 1
      if (others < OTHERS_MIN) return
      let good = 0
      for (const vote of votes.values()) if (vote === 'Good') good += 1
      for (const [network, vote] of votes) {
        const othersGood = vote === 'Good' ? good - 1 : good
        if (othersGood * 2 <= others) continue
        const tally = tallies.get(network) ?? { websites: 0, bad: 0, hosts: new Set() }
        tallies.set(network, tally)
        tally.websites += 1
        if (vote === 'Bad') tally.bad += 1
        if (tally.hosts.size < HOSTS_MIN) tally.hosts.add(host)
      }
    },
    networks: () => new Set([...tallies].flatMap(([network, tally]) => (isOffline(tally) ? [network] : []))),
  }
}

function isOffline({ websites, bad, hosts }: Tally): boolean {
  return websites >= WEBSITES_MIN && hosts.size >= HOSTS_MIN && bad * BAD_SHARE.of >= websites * BAD_SHARE.bad
}
