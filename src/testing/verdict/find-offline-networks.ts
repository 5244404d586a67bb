import { createOfflineTest, type HostedVotes } from '../../verdict/offline-networks.js'

/** The networks to set aside, by the votes on all websites of a round. */
export function findOfflineNetworks(websites: Iterable<HostedVotes>): Set<string> {
  const test = createOfflineTest()
  for (const website of websites) test.count(website)
  return test.networks()
}
